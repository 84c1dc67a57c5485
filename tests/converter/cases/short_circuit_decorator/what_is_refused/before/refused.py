from datetime import datetime
from os import environ

from airflow.decorators import dag, task


@task.short_circuit(ignore_downstream_trigger_rules="NEAR" in environ)
def check():
    return True


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def refused():
    check()


refused()
