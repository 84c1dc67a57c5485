from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.exceptions import AirflowSkipException
from airflow.operators.empty import EmptyOperator


@task
def check(x):
    if x == "skip":
        raise AirflowSkipException("skipped")
    if x == "bad":
        raise ValueError(x)
    return x


@task
def text():
    return "text"


with DAG("failures", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    mixed = check.expand(x=["good", "skip", "bad"])
    mixed >> EmptyOperator(task_id="after")
    mixed >> EmptyOperator(task_id="rescue", trigger_rule="all_done")
    mixed >> EmptyOperator(task_id="one", trigger_rule="one_failed")
    check.override(task_id="of_a_text").expand(x=text())
    check.override(task_id="of_those").expand(x=mixed)
