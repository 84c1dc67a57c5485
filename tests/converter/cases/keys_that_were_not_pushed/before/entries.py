from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.python import PythonOperator


def make():
    return {"b": 1}


def tell(value):
    return value


def push(ti):
    ti.xcom_push(key="b", value=2)


@task
def split() -> dict:
    return {"b": 3}


@task(trigger_rule="all_done")
def show(value=None):
    print(value)
    return value


with DAG("entries", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    made = PythonOperator(task_id="make", python_callable=make)
    show(made.output["b"])
    pushed = PythonOperator(task_id="push", python_callable=push)
    show(pushed.output["b"])
    parts = split()
    show(parts["b"])
    show(parts["c"])

with DAG("chained", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    found = PythonOperator(task_id="make", python_callable=make)
    PythonOperator(task_id="last", python_callable=tell, op_args=[found.output["b"]])

with DAG("kept", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    pieces = split()
    PythonOperator(task_id="last", python_callable=make) << pieces
