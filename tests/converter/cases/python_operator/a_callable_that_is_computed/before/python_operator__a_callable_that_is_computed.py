from datetime import datetime
from functools import partial

from airflow import DAG
from airflow.operators.python import PythonOperator

with DAG("greet", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="hello", python_callable=partial(print, "hello"))
