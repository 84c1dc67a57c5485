from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def make():
    return ["a", "b"]


def made():
    return {"x": 1}


def two(x, y=None):
    return [x, y]


with DAG("direct", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    rows = PythonOperator(task_id="make", python_callable=make)
    names = PythonOperator(task_id="made", python_callable=made)
    left = PythonOperator(task_id="left", python_callable=two, op_args=rows.output)
    right = PythonOperator(task_id="right", python_callable=two, op_kwargs=names.output)

with DAG("inside", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    rows = PythonOperator(task_id="make", python_callable=make)
    given = [rows.output, "{{ ds }}"]
    PythonOperator(task_id="args", python_callable=two, op_args=given)
    named = {"x": rows.output, "y": "{{ ds }}"}
    PythonOperator(task_id="kwargs", python_callable=two, op_kwargs=named)
    later = rows.output
    PythonOperator(task_id="later", python_callable=two, op_args=later)
