from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def look(inlet_events=None):
    return len(inlet_events)


def tell(exception=None):
    return str(exception)


with DAG(
    "filled", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as dag:
    PythonOperator(task_id="look", python_callable=look)
    PythonOperator(task_id="tell", python_callable=tell)
