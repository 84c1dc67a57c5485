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
            name="all three",
            before="""\
                from datetime import datetime, timedelta

                from airflow import DAG
                from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException
                from airflow.operators.python import PythonOperator


                def check(kind):
                    if kind == "skip":
                        raise AirflowSkipException(kind)
                    try:
                        raise AirflowException(kind)
                    except AirflowException as error:
                        raise AirflowFailException("for good") from error


                with DAG("checks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    skip = PythonOperator(task_id="skip", python_callable=check, op_args=["skip"])
                    fail = PythonOperator(
                        task_id="fail",
                        python_callable=check,
                        op_args=["fail"],
                        retries=3,
                        retry_delay=timedelta(seconds=1),
                    )
                """,
            after="""\
                from prefect import flow, task

                from airflow_compat import (
                    AirflowException,
                    AirflowFailException,
                    AirflowSkipException,
                    retry_unless_final,
                    skips,
                )


                @task
                @skips
                def check(kind):
                    if kind == "skip":
                        raise AirflowSkipException(kind)
                    try:
                        raise AirflowException(kind)
                    except AirflowException as error:
                        raise AirflowFailException("for good") from error


                @flow(name="checks", log_prints=True)
                def checks():
                    skip = check.with_options(name="skip").submit("skip")
                    fail = check.with_options(
                        name="fail",
                        retries=3,
                        retry_delay_seconds=1,
                        retry_condition_fn=retry_unless_final,
                    ).submit(
                        "fail"
                    )
                    return [skip, fail]


                if __name__ == "__main__":
                    checks()
                """,
            grade="adapted",
        ),
        Case(
            name="another name and Airflow 3",
            before="""\
                from datetime import datetime

                from airflow.providers.standard.operators.python import PythonOperator
                from airflow.sdk import DAG
                from airflow.sdk.exceptions import AirflowSkipException as Nothing


                def maybe(count):
                    if not count:
                        raise Nothing("to do")
                    return count


                with DAG("maybes", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="maybe", python_callable=maybe, op_args=[0])
                    PythonOperator(task_id="surely", python_callable=maybe, op_args=[1])
                """,
            after="""\
                from prefect import flow, task

                from airflow_compat import skips
                from airflow_compat import AirflowSkipException as Nothing


                @task
                @skips
                def maybe(count):
                    if not count:
                        raise Nothing("to do")
                    return count


                @flow(name="maybes", log_prints=True)
                def maybes():
                    maybe_run = maybe.submit(0)
                    surely = maybe.with_options(name="surely").submit(1)
                    return [maybe_run, surely]


                if __name__ == "__main__":
                    maybes()
                """,
            grade="adapted",
        ),
        Case(
            name="a skip that travels",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.exceptions import AirflowSkipException as Skip
                from airflow.operators.python import PythonOperator


                def maybe(count=0):
                    if not count:
                        raise Skip("nothing to do")


                def then():
                    print("never")


                with DAG("maybes", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    sure = PythonOperator(task_id="sure", python_callable=maybe, op_args=[1])
                    first = PythonOperator(task_id="maybe", python_callable=maybe)
                    sure >> first >> PythonOperator(task_id="then", python_callable=then)
                """,
            after="""\
                from prefect import flow, task

                from airflow_compat import TaskGraph, skips
                from airflow_compat import AirflowSkipException as Skip


                @task
                @skips
                def maybe(count=0):
                    if not count:
                        raise Skip("nothing to do")


                @task
                def then():
                    print("never")


                @flow(name="maybes", log_prints=True)
                def maybes():
                    with TaskGraph() as graph:
                        sure = graph.add(maybe.with_options(name="sure"), 1)
                        first = graph.add(maybe)
                        sure >> first >> graph.add(then)
                    return graph.leaves


                if __name__ == "__main__":
                    maybes()
                """,
            findings=("DF502",),
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
            name="an exception of another package",
            before='''\
                """Not airflow."""

                from orchestration.exceptions import AirflowException, AirflowSkipException

                ERRORS = (AirflowException, AirflowSkipException)
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
