from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

run = "a word"


def flow():
    return run


def task():
    return "task"


def bash():
    return "bash"


with DAG(
    "print", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False
) as dag:
    first = PythonOperator(task_id="flow", python_callable=flow)
    second = PythonOperator(task_id="task", python_callable=task)
    third = PythonOperator(task_id="bash", python_callable=bash)
    fourth = BashOperator(task_id="shell", bash_command="echo {{ ds }}")
    first >> second >> third >> fourth
