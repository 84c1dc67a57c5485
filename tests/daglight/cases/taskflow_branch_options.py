from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("taskflow_branch_options", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task.branch(task_id="b", retries=1)
    def choose():
        return ["x", "y"]

    @task.short_circuit(ignore_downstream_trigger_rules=False)
    def gate():
        return 0

    choose() >> [EmptyOperator(task_id=n) for n in "xyz"]
    gate() >> EmptyOperator(task_id="g1") >> EmptyOperator(task_id="g2", trigger_rule="all_done")
