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
            name="lists side by side",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.models.baseoperator import chain, cross_downstream
                from airflow.operators.bash import BashOperator

                with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    a, b, c, d, e = [BashOperator(task_id=n, bash_command=f"echo {n}") for n in "abcde"]
                    chain(a, [b, c], d)
                    cross_downstream([b, c], [d, e])
                """,
            after="""\
                from prefect import flow

                from airflow_compat import TaskGraph, bash, chain, cross_downstream


                @flow(name="marks", log_prints=True)
                def marks():
                    with TaskGraph() as graph:
                        a, b, c, d, e = [
                            graph.add(bash.with_options(name=n), f"echo {n}") for n in "abcde"
                        ]
                        chain(a, [b, c], d)
                        cross_downstream([b, c], [d, e])
                    return graph.leaves


                if __name__ == "__main__":
                    marks()
                """,
            findings=("DF502",),
            grade="adapted",
        ),
        Case(
            name="another name and Airflow 1.10",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.dummy_operator import DummyOperator
                from airflow.utils.helpers import chain as in_a_row

                with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    first = DummyOperator(task_id="one")
                    second = DummyOperator(task_id="two")
                    in_a_row(first, second)
                """,
            after='''\
                from prefect import flow, task


                @task
                def one():
                    """Marks a place in the graph and does nothing."""


                @task
                def two():
                    """Marks a place in the graph and does nothing."""


                @flow(name="marks", log_prints=True)
                def marks():
                    one()
                    two()


                if __name__ == "__main__":
                    marks()
                ''',
            grade="native",
        ),
        Case(
            name="Airflow 3",
            before="""\
                from datetime import datetime

                from airflow.providers.standard.operators.empty import EmptyOperator
                from airflow.sdk import DAG, chain

                with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    first = EmptyOperator(task_id="one")
                    others = [EmptyOperator(task_id="two"), EmptyOperator(task_id="three")]
                    chain(first, others)
                """,
            after='''\
                from prefect import flow, task

                from airflow_compat import TaskGraph, chain


                @task
                def one():
                    """Marks a place in the graph and does nothing."""


                @task
                def two():
                    """Marks a place in the graph and does nothing."""


                @task
                def three():
                    """Marks a place in the graph and does nothing."""


                @flow(name="marks", log_prints=True)
                def marks():
                    with TaskGraph() as graph:
                        first = graph.add(one)
                        others = [graph.add(two), graph.add(three)]
                        chain(first, others)
                    return graph.leaves


                if __name__ == "__main__":
                    marks()
                ''',
            findings=("DF502",),
            grade="adapted",
        ),
        Case(
            name="in a loop",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.models.baseoperator import chain
                from airflow.operators.empty import EmptyOperator

                with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    for name in ("red", "blue"):
                        first = EmptyOperator(task_id=f"{name}_first")
                        chain(first, EmptyOperator(task_id=f"{name}_second"))
                """,
            after='''\
                from prefect import flow, task

                from airflow_compat import TaskGraph, chain


                @task
                def empty():
                    """Marks a place in the graph and does nothing."""


                @flow(name="marks", log_prints=True)
                def marks():
                    with TaskGraph() as graph:
                        for name in ("red", "blue"):
                            first = graph.add(empty.with_options(name=f"{name}_first"))
                            chain(first, graph.add(empty.with_options(name=f"{name}_second")))
                    return graph.leaves


                if __name__ == "__main__":
                    marks()
                ''',
            findings=("DF502",),
            grade="adapted",
        ),
        Case(
            name="itertools",
            before='''\
                """Not airflow."""

                from itertools import chain

                print(list(chain([1], [2])))
                ''',
        ),
        Case(
            name="a function of the same name from here",
            before='''\
                def cross_downstream(left, right):
                    """Nothing to do with airflow."""
                    return [(a, b) for a in left for b in right]


                print(cross_downstream([1], [2]))
                ''',
        ),
    )
