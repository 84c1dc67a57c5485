"""Annotations that name Airflow's classes say nothing to a flow."""

from datetime import datetime

from airflow import DAG
from airflow.models import DagRun, TaskInstance
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.context import Context


def show(ti: TaskInstance, dag_run: DagRun = None, count: int = 1) -> None:
    print(ti.task_id, count)


def everything(**context: Context) -> "Context":
    found: Context = context
    print(found["ds"])


def create(name: str) -> DAG:
    with DAG(name, start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
        start: EmptyOperator = EmptyOperator(task_id="start")
        start >> PythonOperator(task_id="show", python_callable=show)
        start >> PythonOperator(task_id="everything", python_callable=everything)
    return dag


annotated = create("annotated")
