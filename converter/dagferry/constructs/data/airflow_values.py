"""Values of Airflow's own that DAG files compute with: `days_ago`, the time zone, the version.

`days_ago` is a function of dates, `airflow.settings.TIMEZONE` the zone of the installation (UTC unless
it was set otherwise) and `airflow.version.version` a string. All three stand in `airflow_compat.py`,
where they can be changed.

Airflow: https://airflow.apache.org/docs/apache-airflow/2.11.2/_api/airflow/utils/dates/index.html
Prefect: https://docs.prefect.io/v3/concepts/schedules
"""

from __future__ import annotations

from typing import ClassVar

from dagferry.constructs._base import Case, Construct, Replacement

_VERSION = Replacement("airflow_compat", "AIRFLOW_2", of_airflow_3="AIRFLOW_3")


class AirflowValues(Construct):
    """Functions and constants that have a meaning without Airflow."""

    kind = "value"
    grade = "adapted"
    replaces: ClassVar[dict[str, Replacement]] = {
        "airflow.utils.dates.days_ago": Replacement("airflow_compat", "days_ago"),
        "airflow.settings.TIMEZONE": Replacement("airflow_compat", "TIMEZONE"),
        "airflow.sdk.TriggerRule": Replacement("airflow_compat", "TriggerRule"),
        "airflow.task.trigger_rule.TriggerRule": Replacement("airflow_compat", "TriggerRule"),
        "airflow.utils.trigger_rule.TriggerRule": Replacement("airflow_compat", "TriggerRule"),
        "airflow.utils.timezone.utc": Replacement("airflow_compat", "TIMEZONE"),
        "airflow.version.version": _VERSION,
        "airflow.__version__": _VERSION,
    }

    cases = (
        Case(
            name="smallest",
            before="""\
                from airflow import DAG
                from airflow.operators.empty import EmptyOperator
                from airflow.utils.dates import days_ago

                with DAG("marks", start_date=days_ago(1), schedule=None, catchup=False) as dag:
                    EmptyOperator(task_id="start")
                """,
            after='''\
                from prefect import flow, task


                @task
                def start():
                    """Marks a place in the graph and does nothing."""


                @flow(name="marks", log_prints=True)
                def marks():
                    start()


                if __name__ == "__main__":
                    marks()
                ''',
            grade="native",
            run=False,
        ),
        Case(
            name="names that look alike",
            before='''\
                """Not airflow."""

                from calendar_tools.dates import days_ago

                from package.version import version

                print(days_ago(1), version)
                ''',
        ),
    )
