from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.bash import BashOperator

with DAG(
    "mapped_partial_args",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    default_args={"retries": 1, "retry_delay": 0, "trigger_rule": "all_done"},
) as dag:

    @task
    def base():
        return 5

    @task
    def fails():
        raise ValueError("always")

    @task
    def add(x, y, ti=None):
        return [
            x + y,
            ti.task.retries,
            str(getattr(ti.task.trigger_rule, "value", ti.task.trigger_rule)),
        ]

    bad = fails()
    added = add.partial(x=base()).expand(y=[1, 2])
    bad >> added
    add.override(task_id="own", retries=0).partial(x=1).expand(y=[1])
    BashOperator.partial(task_id="bash", retries=3, env={"A": "{{ ds }}"}).expand(
        bash_command=["echo $A {{ task.retries }}"]
    )
