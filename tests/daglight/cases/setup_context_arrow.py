from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("setup_context_arrow", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    make = EmptyOperator(task_id="make").as_setup()
    drop = EmptyOperator(task_id="drop").as_teardown()
    with make >> drop:
        EmptyOperator(task_id="a") >> EmptyOperator(task_id="b")
        EmptyOperator(task_id="c")
    alone = EmptyOperator(task_id="alone").as_setup()
    with alone:
        EmptyOperator(task_id="d")
    end_only = EmptyOperator(task_id="end_only").as_teardown()
    with end_only:
        EmptyOperator(task_id="e")
