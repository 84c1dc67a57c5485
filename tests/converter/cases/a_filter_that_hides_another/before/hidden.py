from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    "hidden",
    start_date=datetime(2024, 1, 1),
    schedule="@daily",
    catchup=False,
    user_defined_filters={"upper": len},
):
    BashOperator(task_id="a", bash_command="echo {{ ds | upper }}")
