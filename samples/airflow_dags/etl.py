from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def extract(**kwargs):
    ti = kwargs["ti"]
    data = [1, 2, 3, 4, 5]
    ti.xcom_push(key="data", value=data)


def transform(**kwargs):
    ti = kwargs["ti"]
    data = ti.xcom_pull(key="data", task_ids="extract")
    result = [x * 2 for x in data]
    ti.xcom_push(key="result", value=result)


with DAG(
    "etl",
    start_date=datetime(2024, 1, 1),
    schedule_interval="@daily",
    catchup=False,
) as dag:
    t1 = PythonOperator(task_id="extract", python_callable=extract)
    t2 = PythonOperator(task_id="transform", python_callable=transform)
    t1 >> t2
