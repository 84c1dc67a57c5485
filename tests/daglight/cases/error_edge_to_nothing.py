from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("error_edge_to_nothing", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    EmptyOperator(task_id="a") >> 5
