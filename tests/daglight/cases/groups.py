from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group
from airflow.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup

with DAG("groups", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    start = EmptyOperator(task_id="start")
    end = EmptyOperator(task_id="end")
    with TaskGroup("g") as g:
        x = EmptyOperator(task_id="x")
        with TaskGroup("inner") as inner:
            y = EmptyOperator(task_id="y")
            z = EmptyOperator(task_id="z")
        x >> inner
    with TaskGroup("bare", prefix_group_id=False) as bare:
        EmptyOperator(task_id="p") >> EmptyOperator(task_id="q")
    start >> g >> bare >> end

    @task
    def one(n):
        return n

    @task_group
    def pair(n):
        return one(one(n))

    @task_group(group_id="named")
    def lone():
        one(7)

    pair(1)
    pair(2) >> end
    lone() >> end
