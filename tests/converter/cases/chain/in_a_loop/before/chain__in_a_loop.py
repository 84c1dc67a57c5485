from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import chain
from airflow.operators.empty import EmptyOperator

with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    for name in ("red", "blue"):
        first = EmptyOperator(task_id=f"{name}_first")
        chain(first, EmptyOperator(task_id=f"{name}_second"))
