from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import chain
from airflow.operators.empty import EmptyOperator

with DAG("error_chain_lengths", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a, b, c = (EmptyOperator(task_id=x) for x in "abc")
    chain([a, b], [c])
