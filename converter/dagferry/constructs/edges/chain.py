"""`chain` and `cross_downstream`: in a graph they stay as they are, in a lifted flow they become order.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#task-dependencies
Prefect: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from typing import ClassVar

from dagferry.constructs._base import Case, Construct, Replacement
from dagferry.source.airflow_names import CHAIN, CROSS_DOWNSTREAM


class Chain(Construct):
    """Both functions in all their homes."""

    kind = "edge"
    names = tuple(sorted(CHAIN | CROSS_DOWNSTREAM))
    replaces: ClassVar[dict[str, Replacement]] = {
        **{name: Replacement("airflow_compat", "chain") for name in CHAIN},
        **{name: Replacement("airflow_compat", "cross_downstream") for name in CROSS_DOWNSTREAM},
    }

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.models.baseoperator import chain
                from airflow.operators.empty import EmptyOperator

                with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    first = EmptyOperator(task_id="first")
                    second = EmptyOperator(task_id="second")
                    chain(first, second)
                """,
            after='''\
                from prefect import flow, task


                @task
                def first():
                    """Marks a place in the graph and does nothing."""


                @task
                def second():
                    """Marks a place in the graph and does nothing."""


                @flow(name="marks", log_prints=True)
                def marks():
                    first()
                    second()


                if __name__ == "__main__":
                    marks()
                ''',
            findings=("DF201",),
            grade="native",
        ),
    )
