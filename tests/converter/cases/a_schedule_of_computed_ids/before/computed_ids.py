import os
from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator


def make(name):
    with DAG(
        f"load_{name}",
        start_date=datetime(2024, 1, 1),
        schedule="@daily",
        catchup=False,
    ) as dag:
        EmptyOperator(task_id="start")
    return dag


for name in os.environ.get("TABLES", "orders users").split():
    globals()[f"load_{name}"] = make(name)
