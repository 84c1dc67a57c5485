from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def work():
    return 1


def made(name):
    return PythonOperator(task_id=name, python_callable=work)


outside = made("outside")
with DAG("block", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    inside = PythonOperator(task_id="inside", python_callable=work)
    outside >> inside
