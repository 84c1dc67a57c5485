"""Comments inside what is written anew move above it; none is lost."""

from datetime import (
    # the one that goes
    datetime,  # when it starts
    # the one that stays
    timedelta,  # how long it waits
)

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

COUNT = timedelta(hours=2).seconds


def push(
    ti,  # the task instance (of Airflow)
    count=COUNT,  # how many :)
):
    ti.xcom_push(key="n", value=count)  # handed on


def pull(
    size=2,  # a size )
    **kwargs,  # the context)
):
    # what came
    n = kwargs["ti"].xcom_pull(task_ids="push", key="n")  # the number
    print(n, size)


with DAG(
    "comments_move",
    start_date=datetime(2024, 1, 1),  # with # signs
    schedule=None,
    catchup=False,
) as dag:
    one = PythonOperator(task_id="push", python_callable=push)
    two = PythonOperator(task_id="pull", python_callable=pull)
    say = BashOperator(
        bash_command="echo 'C:\\'",  # why the backslash
        task_id="say",
    )
    one >> two >> say
