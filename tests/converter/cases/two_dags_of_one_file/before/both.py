from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def count(ti):
    ti.xcom_push(key="number", value=3)


def show(ti):
    print(ti.xcom_pull(task_ids="count", key="number"))


with DAG("first", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    a = PythonOperator(task_id="count", python_callable=count)
    a >> PythonOperator(task_id="show", python_callable=show)

with DAG(
    "second", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as dag:
    a = PythonOperator(task_id="count", python_callable=count)
    a >> [
        PythonOperator(task_id="show_left", python_callable=show),
        PythonOperator(task_id="show_right", python_callable=show),
    ]
