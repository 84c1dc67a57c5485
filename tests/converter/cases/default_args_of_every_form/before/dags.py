import copy
import os
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator
from shared import BASE, defaults

D = {"retries": 2, "retry_delay": timedelta(minutes=1)}
A = {"start_date": datetime(2024, 1, 1), "schedule": None, "catchup": False}


def notify(context):
    print(context["dag"].dag_id)


def helper(retries, **more):
    options = {"retries": retries, "on_failure_callback": notify}
    options.update(more)
    return options


with DAG("function", default_args=helper(3, retry_delay=timedelta(seconds=30)), **A):
    BashOperator(task_id="say", bash_command="true")
with DAG("called", default_args=dict(D, retries=1), **A):
    BashOperator(task_id="say", bash_command="true")
with DAG("joined", default_args=D | {"retries": 4}, **A):
    BashOperator(task_id="say", bash_command="true")
with DAG("spread", default_args={**D, "execution_timeout": timedelta(hours=1)}, **A):
    BashOperator(task_id="say", bash_command="true")

COPIED = D.copy()
COPIED["retries"] = 5
with DAG("copied", default_args=COPIED, **A):
    BashOperator(task_id="say", bash_command="true")

DEEP = copy.deepcopy(BASE)
DEEP.update(retries=6)
DEEP.update({"trigger_rule": "all_done"})
with DAG("updated", default_args=DEEP, **A):
    BashOperator(task_id="say", bash_command="true")
with DAG("elsewhere", default_args=defaults(7), **A):
    BashOperator(task_id="say", bash_command="true")

# What a branch changes, only a run knows: the call keeps its spelling.
DOUBTED = dict(D)
if os.environ.get("ENV") == "prod":
    DOUBTED["retries"] = 9
    DOUBTED.update(retry_delay=timedelta(minutes=9))
with DAG("doubted", default_args=DOUBTED, **A):
    BashOperator(task_id="say", bash_command="true")
    BashOperator(task_id="own", bash_command="true", retries=1)
with DAG("unknown", default_args=dict(os.environ), **A):
    BashOperator(task_id="say", bash_command="true")
