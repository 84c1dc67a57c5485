from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

seen = set()

with DAG("changes", start_date=datetime(2024, 1, 1), schedule=None):
    for name in ("a", "b", "a"):
        if name not in seen:
            EmptyOperator(task_id=name)
        seen.add(name)
