from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group
from airflow.operators.empty import EmptyOperator

with DAG("taskflow_bad_call_group", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def one(ds, n):
        return n

    one.partial(n=1).expand(ds=["x"])
