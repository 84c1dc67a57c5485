from datetime import datetime
from os import environ

from airflow import DAG
from airflow.operators.python import ShortCircuitOperator


def check():
    return True


with DAG("refused", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    ShortCircuitOperator(
        task_id="one",
        python_callable=check,
        ignore_downstream_trigger_rules="NEAR" in environ,
    )
    ShortCircuitOperator(task_id="two", python_callable=check, unknown=1)
