from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def risky():
    raise RuntimeError("no luck")


def cleanup():
    print("cleaned up")


with DAG("rescued", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    tried = PythonOperator(task_id="risky", python_callable=risky)
    cleaned = PythonOperator(task_id="cleanup", python_callable=cleanup, trigger_rule="all_done")
    tried >> cleaned
