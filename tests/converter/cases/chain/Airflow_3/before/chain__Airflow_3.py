from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, chain

with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    first = EmptyOperator(task_id="one")
    others = [EmptyOperator(task_id="two"), EmptyOperator(task_id="three")]
    chain(first, others)
