"""Every argument that has no conversion is named, and not the first alone."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("refused", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    BashOperator(
        task_id="many",
        bash_command="run.sh",
        pre_execute=print,
        post_execute=print,
        trigger_rule="nearly",
        no_such_argument=1,
    )
