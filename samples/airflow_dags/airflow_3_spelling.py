"""Spellings of Airflow 3, and a task function in the middle of the DAG."""

import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG(
    "airflow_3_spelling",
    schedule="0 12 * * *",
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    catchup=False,
) as dag:
    start = EmptyOperator(task_id="start")

    @task
    def hello():
        print("hello")
        return "hello"

    listing = BashOperator(task_id="listing", bash_command="echo {{ ds }}")

    start >> hello() >> listing
