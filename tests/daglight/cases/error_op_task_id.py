from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("error_op_task_id", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    BashOperator.partial(task_id="x").expand(bash_command=["a"], task_id=["b"])
