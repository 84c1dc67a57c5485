from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("asked", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    EmptyOperator(task_id="one")
    EmptyOperator(task_id="two")
    end = EmptyOperator(task_id="end")
    for other in dag.tasks:
        if other is not end:
            other >> end
