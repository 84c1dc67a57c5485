from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

from lib import work
from lib.work import read

with DAG("sums", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    numbers = PythonOperator(task_id="read", python_callable=read)
    PythonOperator(task_id="add", python_callable=work.add, op_args=[numbers.output])
