import os
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

A = {"start_date": datetime(2024, 1, 1), "schedule": None, "catchup": False}

with DAG("tasks", max_active_tasks=1, **A):
    BashOperator(task_id="say", bash_command="true")
with DAG("old", concurrency=1, **A):
    BashOperator(task_id="say", bash_command="true")
with DAG("runs", max_active_runs=1, **A):
    BashOperator(task_id="say", bash_command="true")
with DAG("computed", max_active_runs=int(os.environ.get("RUNS", "1")), **A):
    BashOperator(task_id="say", bash_command="true")
with DAG("defaults", default_args={"pool": "database", "max_active_tis_per_dag": 1}, **A):
    BashOperator(task_id="say", bash_command="true")
with DAG("neutral", default_args={"pool": "default_pool"}, max_active_tasks=None, **A):
    BashOperator(task_id="say", bash_command="true")
with DAG("ends", end_date=datetime(2030, 1, 1), **A):
    BashOperator(task_id="say", bash_command="true")


def make(name, runs):
    with DAG(name, max_active_runs=runs, is_paused_upon_creation=runs > 1, tags=[name], **A) as dag:
        BashOperator(task_id="say", bash_command="true")
    return dag


one = make("one", 1)
two = make("two", 2)

with DAG("own", **A):
    BashOperator(task_id="one", bash_command="true", pool="database", pool_slots=1)
    BashOperator(task_id="two", bash_command="true", max_active_tis_per_dag=1, pool="default_pool")
