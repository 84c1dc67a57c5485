from datetime import datetime

from airflow import DAG
from airflow.operators.dummy_operator import DummyOperator
from airflow.utils.helpers import chain as in_a_row

with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    first = DummyOperator(task_id="one")
    second = DummyOperator(task_id="two")
    in_a_row(first, second)
