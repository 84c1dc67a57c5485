"""Callables that are lambdas."""

from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

RATE = 1.5

with DAG(
    "short_functions", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as dag:
    one = PythonOperator(task_id="one", python_callable=lambda: 4 * RATE)
    two = PythonOperator(
        task_id="two",
        python_callable=lambda value, factor=2: value * factor,
        op_args=[21],
    )
    one >> two
