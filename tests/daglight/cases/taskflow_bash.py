from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("taskflow_bash", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task.bash
    def plain():
        return "echo hello"

    @task.bash(env={"WHO": "{{ ds }}"}, append_env=True)
    def with_env(x):
        return f"echo $WHO {x} " + "{{ ds_nodash }}"

    @task.bash
    def not_text():
        return 7

    @task.bash(skip_on_exit_code=4)
    def skips():
        return "exit 4"

    @task.bash
    def fails():
        return "exit 1"

    @task
    def show(v):
        return v

    show(plain())
    with_env("{{ ts }}")
    not_text()
    skips() >> EmptyOperator(task_id="after")
    fails()
    with_env.override(task_id="mapped").expand(x=[1, 2])
