import os
from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import task
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator


def load():
    print("load")


@task
def check():
    raise ValueError("nothing there")


def marks():
    return EmptyOperator(task_id="mark", retries=RETRIES)


RETRIES = int(os.environ.get("RETRIES_OF_OPTIONS", "1"))


def tell(context):
    print("failed", context["exception"])


with DAG("decorated", start_date=datetime(2024, 1, 1), schedule=None):
    PythonOperator(
        task_id="load", python_callable=load, retries=RETRIES, retry_delay=timedelta(0)
    )

with DAG(
    "inherited",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    default_args={"on_failure_callback": tell},
):
    check()

with DAG("by_a_helper", start_date=datetime(2024, 1, 1), schedule=None):
    marks()
