from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import chain, cross_downstream
from airflow.operators.bash import BashOperator

with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    a, b, c, d, e = [BashOperator(task_id=n, bash_command=f"echo {n}") for n in "abcde"]
    chain(a, [b, c], d)
    cross_downstream([b, c], [d, e])
