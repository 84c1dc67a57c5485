"""ShortCircuitOperator: `graph.add(short_circuit(check), ...)`, a task whose false result skips what follows.

Where `ignore_downstream_trigger_rules` is true, which is Airflow's default, everything after it is skipped;
else what follows directly, and trigger rules decide about the rest. `short_circuit` of the helper does the
same in a TaskGraph.

The seam: a short circuit is never lifted to an `if` of plain Prefect (`not_liftable`).

Airflow: https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/python.html
Prefect: https://docs.prefect.io/v3/how-to-guides/workflows/write-and-run
"""

from __future__ import annotations

from dataclasses import replace

from dagferry.constructs._base import Call, Case, Construct, Emitter, Form
from dagferry.constructs._kinds import of_kind
from dagferry.constructs.control._skipping import HOW_FAR, how_far
from dagferry.constructs.operators._callables import callable_task
from dagferry.model.task import Task


class ShortCircuitOperator(Construct):
    """ShortCircuitOperator in all its homes."""

    grade = "adapted"
    by_version = True
    helper_parts = ("branching",)
    names = (
        "airflow.operators.ShortCircuitOperator",
        "airflow.operators.python.ShortCircuitOperator",
        "airflow.operators.python_operator.ShortCircuitOperator",
        "airflow.providers.standard.operators.python.ShortCircuitOperator",
    )

    def lower(self, call: Call) -> Task:
        """As a PythonOperator, and how far it skips. Raises Refused for a callable that is computed."""
        found = how_far(call)
        task = callable_task(call, self.name, "ShortCircuitOperator", HOW_FAR)
        return replace(task, kind_arguments=found)

    def not_liftable(self, task: Task) -> str | None:  # noqa: ARG002 - whatever it returns
        """Only the run knows whether it skips."""
        return "a short circuit decides in the run what is skipped"

    def emit(self, task: Task, out: Emitter) -> Form:
        """The callable's task, as a short circuit, with its arguments."""
        return of_kind(task, out, "short_circuit")

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.empty import EmptyOperator
                from airflow.operators.python import ShortCircuitOperator


                def is_worth_it():
                    return False


                with DAG("orders", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    check = ShortCircuitOperator(task_id="check", python_callable=is_worth_it)
                    check >> EmptyOperator(task_id="work")
                """,
            after='''\
                from prefect import flow, task

                from airflow_compat import TaskGraph, short_circuit


                @task(name="check")
                def is_worth_it():
                    return False


                @task
                def work():
                    """Marks a place in the graph and does nothing."""


                @flow(name="orders", log_prints=True)
                def orders():
                    with TaskGraph() as graph:
                        check = graph.add(short_circuit(is_worth_it))
                        check >> graph.add(work)
                    return graph.leaves


                if __name__ == "__main__":
                    orders()
                ''',
            findings=("DF502",),
            grade="adapted",
        ),
    )
