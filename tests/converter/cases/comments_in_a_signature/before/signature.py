"""Comments behind the last parameter may hold brackets."""

from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def show(
    x,  # a :) smile
    ti,  # the task (instance)
):
    print(x, ti.xcom_pull(task_ids="one"))


def one(text: "str" = ")"):
    return text


with DAG("signature", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    first = PythonOperator(task_id="one", python_callable=one)
    first >> PythonOperator(task_id="show", python_callable=show, op_args=[1])
