"""Airflow's exceptions in task bodies: the same names, with the same meaning for the task.

A skip becomes the state `Completed` named `Skipped`; other exceptions fail the task.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html#special-exceptions
Prefect: https://docs.prefect.io/v3/concepts/states
"""

from __future__ import annotations

from typing import ClassVar

from dagferry.constructs._base import Case, Construct, Replacement

_NAMES = (
    "AirflowException",
    "AirflowSkipException",
    "AirflowFailException",
    "AirflowSensorTimeout",
)
_HOMES = ("airflow.exceptions", "airflow.sdk.exceptions")


class Exceptions(Construct):
    """AirflowException and those of its kind that say what becomes of a task."""

    kind = "data"
    grade = "adapted"
    names = tuple(f"{home}.{name}" for home in _HOMES for name in _NAMES)
    replaces: ClassVar[dict[str, Replacement]] = {
        f"{home}.{name}": Replacement("airflow_compat", name) for home in _HOMES for name in _NAMES
    }

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.exceptions import AirflowSkipException
                from airflow.operators.python import PythonOperator


                def maybe(day):
                    if day != "monday":
                        raise AirflowSkipException("nothing to do")


                with DAG("skips", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="once", python_callable=maybe, op_args=["monday"])
                    PythonOperator(task_id="maybe", python_callable=maybe, op_args=["friday"])
                """,
            after="""\
                from prefect import flow, task

                from airflow_compat import AirflowSkipException, skips


                @task
                @skips
                def maybe(day):
                    if day != "monday":
                        raise AirflowSkipException("nothing to do")


                @flow(name="skips", log_prints=True)
                def skips_flow():
                    once = maybe.with_options(name="once").submit("monday")
                    maybe_run = maybe.submit("friday")
                    return [once, maybe_run]


                if __name__ == "__main__":
                    skips_flow()
                """,
            grade="adapted",
        ),
        Case(
            name="a class of the same name from here",
            before='''\
                class AirflowSkipException(Exception):
                    """Nothing to do with airflow."""


                def maybe():
                    raise AirflowSkipException("nothing to do")
                ''',
        ),
        Case(
            name="an exception that has no conversion",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.exceptions import AirflowRescheduleException
                from airflow.operators.python import PythonOperator


                def later():
                    raise AirflowRescheduleException(datetime(2030, 1, 1))


                with DAG("waits", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="later", python_callable=later)
                """,
            after="""\
                from datetime import datetime

                from prefect import flow, task

                from airflow_compat import missing

                AirflowRescheduleException = missing(
                    "airflow.exceptions.AirflowRescheduleException", "DF601"
                )


                @task
                def later():
                    raise AirflowRescheduleException(datetime(2030, 1, 1))


                @flow(name="waits", log_prints=True)
                def waits():
                    later()


                if __name__ == "__main__":
                    waits()
                """,
            findings=("DF601",),
            grade="manual",
        ),
    )
