from datetime import datetime

from airflow import DAG
from airflow.models.variable import Variable
from airflow.operators.bash import BashOperator

NAME = Variable.get("name", default_var="world")

with DAG("hello", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    BashOperator(task_id="greet", bash_command=f"echo {NAME}")
