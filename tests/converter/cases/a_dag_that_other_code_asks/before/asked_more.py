from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator


def describe():
    return by_tags.tags


with DAG(
    "tags", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as by_tags:
    EmptyOperator(task_id="start")
