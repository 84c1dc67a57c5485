from datetime import datetime, timedelta

from airflow.decorators import dag, task
from airflow.operators.empty import EmptyOperator
from airflow.sensors.base import PokeReturnValue

asked = []


@task.sensor(
    task_id="wait",
    poke_interval=timedelta(seconds=0.2),
    timeout=60,
    max_wait=1,
    mode="poke",
    soft_fail=False,
    exponential_backoff=True,
    silent_fail=False,
    never_fail=True,
    retries=1,
    retry_delay=timedelta(seconds=1),
    execution_timeout=timedelta(minutes=1),
    trigger_rule="none_failed",
)
def ready(day, *, wanted, ti=None, **context):
    asked.append(day)
    print(day, ti.task_id, context["ds"])
    return PokeReturnValue(is_done=len(asked) >= wanted, xcom_value=[day])


@task
def show(value):
    print(value)


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def waits():
    found = ready("{{ ds }}", wanted=3)
    show(found)
    again = ready.override(task_id="again", mode="reschedule", execution_timeout=None)(
        "x", wanted=0
    )
    found >> again >> EmptyOperator(task_id="load")


waits()
