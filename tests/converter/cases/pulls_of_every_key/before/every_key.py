from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def pull_all(ti):
    print(list(ti.xcom_pull(task_ids=["push", "pull"], key=None)))


with DAG("every_key", start_date=datetime(2024, 1, 1), schedule=None):
    PythonOperator(task_id="pull_all", python_callable=pull_all)
