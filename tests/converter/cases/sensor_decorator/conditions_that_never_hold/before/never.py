from datetime import datetime, timedelta

from airflow.exceptions import AirflowSkipException
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import dag
from airflow.sdk import task as step


@step.sensor(poke_interval=0.1, timeout=0.3, retries=2, retry_delay=timedelta(0))
def fails():
    return False


@step.sensor(poke_interval=0.1, timeout=0.3, soft_fail=True)
def softly():
    return 0


@step.sensor(poke_interval=0.1, timeout=0.3, silent_fail=True)
def silent():
    raise ValueError("poked")


@step.sensor(never_fail=True)
def never():
    raise ValueError("poked")


@step.sensor(retries=1, retry_delay=timedelta(0))
def breaks():
    raise ValueError("poked")


@step.sensor
def skips():
    raise AirflowSkipException("not today")


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def waits():
    fails() >> EmptyOperator(task_id="after_fails")
    softly() >> EmptyOperator(task_id="after_softly")
    skips() >> EmptyOperator(task_id="after_skips", trigger_rule="none_failed")
    silent()
    never()
    breaks()


waits()
