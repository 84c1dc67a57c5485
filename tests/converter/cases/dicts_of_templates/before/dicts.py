"""`templates_dict` is rendered and reaches the callable by its context."""

from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def named(templates_dict):
    print(templates_dict["day"])


def looked_up(**context):
    print(context["templates_dict"]["word"])


def idle():
    print("idle")


with DAG("dicts", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="named", python_callable=named, templates_dict={"day": "{{ ds }}"})
    PythonOperator(task_id="looked_up", python_callable=looked_up, templates_dict={"word": "plain"})
