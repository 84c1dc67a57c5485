from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator


def copy_task(table, after):
    made = BashOperator(task_id=f"copy_{table}", bash_command=f"echo {table}")
    after >> made
    return made


def make_dag(name):
    dag = DAG(name, start_date=datetime(2024, 1, 1), schedule=None)
    with dag:
        start = EmptyOperator(task_id="start")
        previous = start
        for table in ("a", "b", "c"):
            previous = copy_task(table, previous)
    return dag


globals()["dag_made"] = make_dag("loops_and_factories")
