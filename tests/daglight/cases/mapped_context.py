from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("mapped_context", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def show(n, ti=None, task=None, dag_run=None, **context):
        return [
            ti.map_index,
            task.task_id,
            type(task).__name__,
            context["task_instance_key_str"],
            ti.task_id,
        ]

    def classic(ti, **kwargs):
        return ti.map_index

    show.partial().expand(n=["{{ ds }}", "x"])
    PythonOperator.partial(
        task_id="classic", python_callable=classic, op_kwargs={"day": "{{ ds }}"}
    ).expand(templates_dict=[{"a": "{{ ti.map_index }}"}, {"a": "b"}])
    BashOperator.partial(task_id="skips", skip_on_exit_code=7).expand(
        bash_command=["exit 7", "echo {{ ts }}"]
    )
