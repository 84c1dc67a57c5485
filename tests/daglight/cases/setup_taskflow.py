from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("setup_taskflow", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @setup
    def make():
        print("make")
        return "cluster"

    @setup
    def other():
        return "other"

    @task
    def run(name):
        return f"on {name}"

    @teardown(on_failure_fail_dagrun=False)
    def drop(name):
        print("drop", name)

    @teardown
    def drop_other():
        return None

    made = make()
    run(made) >> drop(made)
    other() >> run.override(task_id="second")("x") >> drop_other()

    @setup
    @task(task_id="plain", retries=1)
    def with_task():
        return 1

    with_task() >> EmptyOperator(task_id="after")
