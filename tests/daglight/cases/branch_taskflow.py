from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.empty import EmptyOperator

with DAG("branch_taskflow", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task.branch
    def choose(which):
        return which

    @task.branch(task_id="second")
    def choose_list():
        return ["left_2", "right_2"]

    @task.short_circuit
    def check(ok):
        return ok

    choose("left") >> [EmptyOperator(task_id="left"), EmptyOperator(task_id="right")]
    choose_list() >> [
        EmptyOperator(task_id="left_2"),
        EmptyOperator(task_id="right_2"),
        EmptyOperator(task_id="mid_2"),
    ]
    check(True) >> EmptyOperator(task_id="on")
    check(0) >> EmptyOperator(task_id="off")
