from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup

from parts import checks

TABLES = ["orders", "rates"]


def load(table: str) -> TaskGroup:
    with TaskGroup(group_id=f"load_{table}", tooltip=f"loads {table}") as group:
        copy = BashOperator(task_id="copy", bash_command=f"echo copy {table}")
        copy >> checks(table)
    return group


with DAG("grouped", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    end = EmptyOperator(task_id="end")
    groups = [load(table) for table in TABLES]
    groups >> end
    for table in TABLES:
        with TaskGroup(f"drop_{table}") as drop:
            BashOperator(task_id="drop", bash_command=f"echo drop {table}")
        end >> drop
