from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

from airflow.operators.python import BranchPythonOperator, ShortCircuitOperator

with DAG("branch_mapped", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task.branch
    def choose(n):
        return "left" if n == 1 else "right"

    choose.expand(n=[1, 2]) >> [EmptyOperator(task_id="left"), EmptyOperator(task_id="right")]

    @task.short_circuit
    def gate(n):
        return n > 1

    gate.expand(n=[1, 2]) >> EmptyOperator(task_id="after_gate")

    @task
    def work(n):
        return n

    @task_group
    def group(n):
        @task.branch
        def pick(n):
            return "group.one" if n == 1 else "group.two"

        one = work.override(task_id="one")(n)
        two = work.override(task_id="two")(n)
        pick(n) >> [one, two]

        @task.short_circuit
        def stop(n):
            return n == 1

        stop(n) >> work.override(task_id="stopped")(n)

    group.expand(n=[1, 2])
