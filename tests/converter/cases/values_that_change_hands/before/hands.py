from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def read(ti):
    ti.xcom_push(key="numbers", value=[1, 2])


def spoil(ti):
    numbers = ti.xcom_pull(task_ids="read", key="numbers")
    numbers.append(3)
    return numbers


def show(ti):
    return ti.xcom_pull(task_ids="read", key="numbers")


with DAG("hands", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    a = PythonOperator(task_id="read", python_callable=read)
    b = PythonOperator(task_id="spoil", python_callable=spoil)
    c = PythonOperator(task_id="show", python_callable=show)
    a >> b >> c
