"""Airflow 3 has no `execution_date`: a parameter of that name keeps its default."""

from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG


def show(execution_date="mine", tomorrow_ds=None):
    print(execution_date, tomorrow_ds)


def look(**kwargs):
    print(kwargs.get("execution_date"), kwargs["ds"])


with DAG("removed", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="show", python_callable=show)
    PythonOperator(task_id="look", python_callable=look)
    BashOperator(task_id="template", bash_command="echo {{ execution_date }}")
