"""Airflow's exceptions in task bodies: the same names, with the same meaning for the task.

A skip becomes the state `Completed` named `Skipped`; other exceptions fail the task.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html#special-exceptions
Prefect: https://docs.prefect.io/v3/concepts/states
"""

from __future__ import annotations

from typing import ClassVar

from dagferry.constructs._base import Case, Construct, Replacement

_NAMES = ("AirflowException", "AirflowSkipException", "AirflowFailException")
_HOMES = ("airflow.exceptions", "airflow.sdk.exceptions")


class Exceptions(Construct):
    """AirflowException, AirflowSkipException, AirflowFailException."""

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


                def maybe():
                    raise AirflowSkipException("nothing to do")


                with DAG("skips", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="maybe", python_callable=maybe)
                """,
            after="""\
                from prefect import flow, task

                from airflow_compat import AirflowSkipException, skips


                @task
                @skips
                def maybe():
                    raise AirflowSkipException("nothing to do")


                @flow(name="skips", log_prints=True)
                def skips_flow():
                    maybe()


                if __name__ == "__main__":
                    skips_flow()
                """,
            findings=("DF201",),
            grade="adapted",
        ),
    )
