"""Params of the DAG become parameters of the flow."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def plan(params):
    return [params["city"]] * params["copies"]


def show(rows, city):
    print(rows, city)


with DAG(
    "parameters",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
    params={"city": "Basel", "copies": 2},
    description="Print a city a number of times.",
) as dag:
    planned = PythonOperator(task_id="plan", python_callable=plan)
    shown = PythonOperator(
        task_id="show",
        python_callable=show,
        op_args=[planned.output, "{{ params.city }}"],
    )
    said = BashOperator(task_id="say", bash_command="echo {{ params.copies }} copies")

    planned >> shown >> said
