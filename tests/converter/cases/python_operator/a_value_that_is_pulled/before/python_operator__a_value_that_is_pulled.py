from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def count(ti):
    ti.xcom_push(key="number", value=3)


def show(ti, word="times"):
    print(ti.xcom_pull(task_ids="count", key="number"), word)


with DAG("counting", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    count_task = PythonOperator(task_id="count", python_callable=count)
    count_task >> PythonOperator(task_id="show", python_callable=show)
