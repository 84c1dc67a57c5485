from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup

with DAG(
    "default_args_precedence",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    default_args={
        "owner": "dag",
        "retries": 1,
        "retry_delay": timedelta(seconds=0.1),
        "bash_command": "echo dag",
        "unknown": 1,
        "trigger_rule": "all_done",
    },
) as dag:
    BashOperator(task_id="of_dag")
    BashOperator(task_id="of_task", bash_command="echo task")
    BashOperator(task_id="own_defaults", default_args={"bash_command": "echo own"})
    with TaskGroup("g", default_args={"bash_command": "echo group", "trigger_rule": "none_failed"}):
        BashOperator(task_id="of_group")
        with TaskGroup("h", default_args={"bash_command": "echo inner"}):
            BashOperator(task_id="of_inner")
            BashOperator(
                task_id="of_task",
                bash_command="echo {{ task.owner }} {{ task.retries }} {{ task.trigger_rule }}",
            )
