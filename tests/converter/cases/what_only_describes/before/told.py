"""Orders."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def work():
    return 1


default_args = {"owner": "shop", "email": ["shop@example.com"], "retries": 1}

with DAG(
    "orders",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
    default_args=default_args,
    is_paused_upon_creation=True,
) as dag:
    first = PythonOperator(task_id="first", python_callable=work, task_display_name="First")
    second = BashOperator(task_id="second", bash_command="true", default_args={"retries": 3})
    # What it is.
    first.doc_md = "The first."
    dag.doc_md = __doc__
    first >> second
