"""Airflow leaves out what a callable does not take."""

from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

with DAG("given", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    PythonOperator(task_id="third", python_callable=lambda n: print(n), op_kwargs={"n": 1, "o": 2})
