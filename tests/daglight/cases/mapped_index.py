from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.bash import BashOperator

with DAG("mapped_index", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task(map_index_template="{{ task.op_kwargs['name'] }}")
    def named(name, ti=None):
        return [name, ti.map_index, ti.task_id]

    @task(map_index_template="{{ my_variable }}")
    def by_context(name):
        try:
            from airflow.sdk import get_current_context
        except ImportError:
            from airflow.operators.python import get_current_context
        get_current_context()["my_variable"] = f"I am {name}"
        return name

    named.expand(name=["x", "y"])
    by_context.expand(name=["x", "y"])
    BashOperator.partial(
        task_id="bash", map_index_template="{{ task.bash_command }}", max_active_tis_per_dag=1
    ).expand(bash_command=["echo {{ ti.map_index }}", "echo {{ task.task_id }}-{{ ti.map_index }}"])
