import json
from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

made = {}
with DAG("four", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    EmptyOperator(task_id="start")
made["four"] = dag
with DAG("five", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    EmptyOperator(task_id="start")
made["five"] = dag
