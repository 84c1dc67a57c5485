from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("setup_context", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @setup
    def make():
        return "m"

    @teardown
    def drop(name):
        return None

    @task
    def run(n):
        return n

    made = make()
    with drop(made):
        run(1) >> run(2)
        run(3)
    outer = EmptyOperator(task_id="outer_make").as_setup()
    outer_end = EmptyOperator(task_id="outer_drop").as_teardown(setups=outer)
    inner = EmptyOperator(task_id="inner_make").as_setup()
    inner_end = EmptyOperator(task_id="inner_drop").as_teardown(setups=inner)
    with outer_end:
        EmptyOperator(task_id="before_inner")
        with inner_end:
            EmptyOperator(task_id="inside") >> EmptyOperator(task_id="inside_2")
        EmptyOperator(task_id="after_inner")
