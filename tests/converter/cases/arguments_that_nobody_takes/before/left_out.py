from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def two(x=0, y=None):
    return [x, y]


def rest(x=0, **others):
    return sorted(set(others) & {"z"})


with DAG("left_out", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="two", python_callable=two, op_kwargs={"x": 1, "z": 3})
    PythonOperator(task_id="rest", python_callable=rest, op_kwargs={"x": 1, "z": 3})
