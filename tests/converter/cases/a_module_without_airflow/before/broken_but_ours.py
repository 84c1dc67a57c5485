from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

from plain import double

with DAG(
    "doubles", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as dag:
    PythonOperator(task_id="double", python_callable=double, op_args=[4])
