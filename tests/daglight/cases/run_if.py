from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("run_if", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task.run_if(lambda context: context["logical_date"].year == 2024)
    @task
    def runs():
        return 1

    @task.run_if(lambda context: False, skip_message="not now")
    @task
    def does_not():
        return 1

    @task.skip_if(lambda context: (True, "told"))
    @task
    def skips():
        return 1

    @task.skip_if(lambda context: False)
    @task.bash
    def shell():
        return "echo x"

    @task.skip_if(lambda context: context["ti"].map_index == 1)
    @task
    def some(n):
        return n

    runs()
    does_not() >> EmptyOperator(task_id="after")
    skips()
    shell()
    some.expand(n=[1, 2])
