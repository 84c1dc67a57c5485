"""What shares a line stands on its own where one of both goes; comments in loops stay."""

from datetime import datetime; from airflow import DAG
from airflow.operators.bash import BashOperator; import os

X = 1; Y = 2

with DAG("one_line", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    first = BashOperator(task_id="first", bash_command="echo 1"); print(os.sep)  # both
    for name in ("a", "b"):
        each = BashOperator(
            # by name
            task_id=name,
            bash_command="echo 2",  # two
            do_xcom_push=True,
        )
        first >> each
