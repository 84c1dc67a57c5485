from datetime import datetime

from airflow import __version__
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

MAJOR = int(__version__.split(".")[0])

with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    EmptyOperator(task_id="start")
