from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("error_two_dags", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = EmptyOperator(task_id="a")
with DAG("error_two_dags_b", start_date=datetime(2024, 1, 1), schedule=None) as other:
    a >> EmptyOperator(task_id="b")
