# options: {"versions": [3]}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


def tell(context):
    with open("a.log", "w") as log:
        log.write(type(context["exception"]).__name__)


with DAG("callbacks_on_timeout", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(
        task_id="a",
        python_callable=lambda: __import__("time").sleep(20),
        execution_timeout=timedelta(seconds=1),
        on_failure_callback=tell,
    )
