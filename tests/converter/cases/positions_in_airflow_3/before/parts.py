"""Airflow 3 lets more be given by position than a callable names before `*parts`."""

from datetime import datetime

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG


def join(*parts, ds="none"):
    print(parts, ds == "none")


with DAG("parts", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="join", python_callable=join, op_args=["a", "b"])

with DAG("parts_at_last", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="first", python_callable=join, op_args=["a", "b"]) >> PythonOperator(
        task_id="last", python_callable=join, op_args=["c"], trigger_rule="all_done"
    )
