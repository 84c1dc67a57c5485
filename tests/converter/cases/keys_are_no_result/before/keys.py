"""A task that pushes keys and returns nothing is an argument: what is given is its result, None."""

from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.python import PythonOperator


@task
def pushes(ti=None):
    ti.xcom_push(key="a", value=1)
    ti.xcom_push(key="b", value=2)


def takes(given):
    print(given)


with DAG("keys", start_date=datetime(2024, 1, 1), schedule=None):
    PythonOperator(task_id="takes", python_callable=takes, op_kwargs={"given": pushes()})
