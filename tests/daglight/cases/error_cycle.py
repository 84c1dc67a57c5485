from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("error_cycle", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a, b, c = (EmptyOperator(task_id=x) for x in "abc")
    a >> b >> c >> a
