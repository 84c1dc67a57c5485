from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import BranchPythonOperator
from airflow.sdk import DAG


def pick():
    return "a"


with DAG("short", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    branch = BranchPythonOperator(task_id="branch", python_callable=pick)
    branch >> [EmptyOperator(task_id="a"), EmptyOperator(task_id="b")]
