from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.latest_only import LatestOnlyOperator

with DAG("latest_only", start_date=datetime(2024, 1, 1), schedule="@daily") as dag:
    LatestOnlyOperator(task_id="latest") >> EmptyOperator(task_id="a") >> EmptyOperator(task_id="b")
