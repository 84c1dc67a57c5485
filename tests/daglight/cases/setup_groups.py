from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("setup_groups", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    with TaskGroup("g") as g:
        make = EmptyOperator(task_id="make").as_setup()
        run = EmptyOperator(task_id="run")
        drop = EmptyOperator(task_id="drop").as_teardown(setups=make)
        make >> run >> drop
    after = EmptyOperator(task_id="after")
    g >> after
    with TaskGroup("only") as only:
        EmptyOperator(task_id="make").as_setup() >> EmptyOperator(task_id="drop").as_teardown()
    after >> only >> EmptyOperator(task_id="last")
    with TaskGroup("two") as two:
        (
            EmptyOperator(task_id="x")
            >> EmptyOperator(task_id="t1").as_teardown()
            >> EmptyOperator(task_id="t2").as_teardown()
        )
    two >> EmptyOperator(task_id="after_two")
