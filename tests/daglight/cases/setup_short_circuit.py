from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("setup_short_circuit", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task.short_circuit
    def stop():
        return False

    make = EmptyOperator(task_id="make").as_setup()
    drop = EmptyOperator(task_id="drop").as_teardown(setups=make)
    make >> stop() >> EmptyOperator(task_id="run") >> drop

    @task.branch
    def choose():
        return "b_left"

    make_2 = EmptyOperator(task_id="make_2").as_setup()
    drop_2 = EmptyOperator(task_id="drop_2").as_teardown(setups=make_2)
    (
        make_2
        >> choose()
        >> [EmptyOperator(task_id="b_left"), EmptyOperator(task_id="b_right")]
        >> drop_2
    )
