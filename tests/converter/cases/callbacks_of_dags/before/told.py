from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator


def done(context):
    print("done", context["ti"].task_id, context["dag_run"].run_type)


def failed(context):
    print("failed", context["reason"])


with DAG(
    "told",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
    on_success_callback=[done],
    on_failure_callback=failed,
):
    BashOperator(task_id="a", bash_command="echo a")
