from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import BranchPythonOperator


def outer():
    return "inner"


def inner():
    return ["warm", "cold"]


def unreached():
    print("nobody asks")
    return "never"


with DAG("nested", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    first = BranchPythonOperator(task_id="outer", python_callable=outer)
    second = BranchPythonOperator(task_id="inner", python_callable=inner)
    third = BranchPythonOperator(task_id="unreached", python_callable=unreached)
    first >> [second, third]
    second >> [EmptyOperator(task_id=name) for name in ("warm", "cold", "hot")]
    third >> EmptyOperator(task_id="never")
