from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def one():
    return 1


def show(ti):
    for name in ["one"]:
        print(ti.xcom_pull(task_ids=name))


with DAG("counting", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    first = PythonOperator(task_id="one", python_callable=one)
    first >> PythonOperator(task_id="show", python_callable=show)
