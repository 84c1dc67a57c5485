from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup


def count(ti):
    ti.xcom_push(key="rows", value=3)
    return "counted"


def show(value, ti):
    print(value, ti.xcom_pull(task_ids="read.count", key="rows"), ti.xcom_pull("count"))


with DAG("grouped", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    with TaskGroup("read") as read:
        counted = PythonOperator(task_id="count", python_callable=count)
        said = BashOperator(
            task_id="say", bash_command="echo {{ ti.xcom_pull(task_ids='read.count') }}"
        )
        counted >> said
    with TaskGroup("write"):
        shown = PythonOperator(task_id="show", python_callable=show, op_args=[said.output])
        read >> shown
