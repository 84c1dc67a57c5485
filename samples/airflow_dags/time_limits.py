"""One task is in time, the other is stopped."""

import time
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.python import PythonOperator


def wait(seconds):
    time.sleep(seconds)
    return "in time"


with DAG(
    "time_limits", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as dag:
    quick = PythonOperator(
        task_id="quick",
        python_callable=wait,
        op_args=[0],
        execution_timeout=timedelta(minutes=1),
    )
    slow = PythonOperator(
        task_id="slow",
        python_callable=wait,
        op_args=[30],
        execution_timeout=timedelta(seconds=1),
    )
    quick >> slow
