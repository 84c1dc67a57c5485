from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("assigned", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    start = EmptyOperator(task_id="start")
    start.retries = 3
    start.doc_md = "The start."

with DAG("set", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    first = EmptyOperator(task_id="first")
    first.retries = 3

with DAG("asked", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    begin = EmptyOperator(task_id="begin")
    print(begin.retries)
