"""`chain` and `cross_downstream`: in a graph they stay as they are, in a lifted flow they become order.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#task-dependencies
Prefect: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from typing import ClassVar

from dagferry.constructs._base import Case, Construct, Replacement
from dagferry.source.abstract import Abstract, Known
from dagferry.source.airflow_names import CHAIN, CROSS_DOWNSTREAM
from dagferry.source.edges import chained, connect
from dagferry.source.tracing import TracedCall


class Chain(Construct):
    """Both functions in all their homes."""

    kind = "edge"
    names = tuple(sorted(CHAIN | CROSS_DOWNSTREAM))
    replaces: ClassVar[dict[str, Replacement]] = {
        **{name: Replacement("airflow_compat", "chain") for name in CHAIN},
        **{name: Replacement("airflow_compat", "cross_downstream") for name in CROSS_DOWNSTREAM},
    }

    def trace(self, call: TracedCall) -> Abstract | None:
        """Edges between what is handed over, in its order."""
        if call.name in CHAIN:
            chained(call.given.positional, call.machine)
            return Known(None)
        given = call.given.all()
        if len(given) != 2:
            return None
        connect(given[0], given[1], call.machine)
        return Known(None)

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
            grade="native",
        ),
        Case(
            name="itertools",
            before='''\
                """Not airflow."""

                from itertools import chain

                print(list(chain([1], [2])))
                ''',
        ),
    )
