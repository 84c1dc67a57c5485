from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("error_op_both", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    BashOperator.partial(task_id="x", bash_command="a").expand(bash_command=["a"])
