"""Airflow hands `*args` and `**kwargs` of a `@dag` function nothing that its code could miss."""

from datetime import datetime

from airflow.decorators import dag
from airflow.operators.bash import BashOperator


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def batch(*args, **kwargs):
    BashOperator(task_id="say", bash_command="echo {{ ds }}")


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def named(word="a, *b", *args, **kwargs):
    BashOperator(task_id="say", bash_command="echo {{ ds }}")


batch()
named()
