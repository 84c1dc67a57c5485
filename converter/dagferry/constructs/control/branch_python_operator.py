"""BranchPythonOperator: `graph.add(branch(pick), ...)`, a task whose result says which tasks follow.

The callable returns the id of a task or a task group, several of them, or None. What comes directly after
the branch and was not chosen is skipped, whatever its trigger rule, unless a chosen task leads to it; how far
the skip travels is up to the trigger rules. `branch` of the helper does the same in a TaskGraph.

The seam: a branch is never lifted to an `if` of plain Prefect (`not_liftable`).

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#branching
Prefect: https://docs.prefect.io/v3/how-to-guides/workflows/write-and-run
"""

from __future__ import annotations

from dagferry.constructs._base import Call, Case, Construct, Emitter, Form
from dagferry.constructs._kinds import of_kind
from dagferry.constructs.operators._callables import callable_task
from dagferry.model.task import Task


class BranchPythonOperator(Construct):
    """BranchPythonOperator in all its homes."""

    grade = "adapted"
    by_version = True
    helper_parts = ("branching",)
    names = (
        "airflow.operators.BranchPythonOperator",
        "airflow.operators.python.BranchPythonOperator",
        "airflow.operators.python_operator.BranchPythonOperator",
        "airflow.providers.standard.operators.python.BranchPythonOperator",
    )

    def lower(self, call: Call) -> Task:
        """As a PythonOperator. Raises Refused for a callable that is computed."""
        return callable_task(call, self.name, "BranchPythonOperator")

    def not_liftable(self, task: Task) -> str | None:  # noqa: ARG002 - whatever it returns
        """Only the run knows what it skips."""
        return "a branch decides in the run what is skipped"

    def emit(self, task: Task, out: Emitter) -> Form:
        """The callable's task, as a branch, with its arguments."""
        return of_kind(task, out, "branch")

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.empty import EmptyOperator
                from airflow.operators.python import BranchPythonOperator


                def pick_size():
                    return "large"


                with DAG("orders", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    size = BranchPythonOperator(task_id="size", python_callable=pick_size)
                    size >> [EmptyOperator(task_id="large"), EmptyOperator(task_id="small")]
                """,
            after='''\
                from prefect import flow, task

                from airflow_compat import TaskGraph, branch


                @task(name="size")
                def pick_size():
                    return "large"


                @task
                def large():
                    """Marks a place in the graph and does nothing."""


                @task
                def small():
                    """Marks a place in the graph and does nothing."""


                @flow(name="orders", log_prints=True)
                def orders():
                    with TaskGraph() as graph:
                        size = graph.add(branch(pick_size))
                        size >> [graph.add(large), graph.add(small)]
                    return graph.leaves


                if __name__ == "__main__":
                    orders()
                ''',
            findings=("DF502",),
            grade="adapted",
        ),
    )
