from datetime import datetime

from airflow import DAG
from airflow.decorators import task

with DAG("mapped_over_unpushed", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task(do_xcom_push=False)
    def number():
        return 7

    @task(do_xcom_push=False)
    def numbers():
        return [1, 2]

    @task
    def show(value):
        print(value)

    show.override(task_id="of_number").expand(value=number())
    show.override(task_id="of_numbers").expand(value=numbers())
