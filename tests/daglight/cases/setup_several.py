from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup


def bad():
    raise ValueError("bad")


def skip():
    raise AirflowSkipException


with DAG("setup_several", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for name, one, two in (
        ("ok", None, None),
        ("one_bad", bad, None),
        ("both_bad", bad, bad),
        ("one_skips", skip, None),
        ("both_skip", skip, skip),
        ("mixed", skip, bad),
    ):
        with TaskGroup(name):
            s1 = PythonOperator(task_id="s1", python_callable=one or (lambda: 1)).as_setup()
            s2 = PythonOperator(task_id="s2", python_callable=two or (lambda: 1)).as_setup()
            run = EmptyOperator(task_id="run")
            second = EmptyOperator(task_id="second", trigger_rule="all_done")
            drop = EmptyOperator(task_id="drop").as_teardown(setups=[s1, s2])
            [s1, s2] >> run >> second >> drop
