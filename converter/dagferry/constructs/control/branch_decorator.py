"""`@task.branch`: Prefect's `@task`, and `graph.add(branch(pick), ...)` where the function is called.

As with BranchPythonOperator, the result says which tasks follow; arguments are those of the call.

The seam: a branch is never lifted to an `if` of plain Prefect (`not_liftable`).

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#branching
Prefect: https://docs.prefect.io/v3/how-to-guides/workflows/write-and-run
"""

from __future__ import annotations

from dagferry.constructs._base import Call, Case, Construct, Emitter, Form
from dagferry.constructs._kinds import of_kind
from dagferry.constructs._options import finish, read_options
from dagferry.constructs.taskflow._calls import taskflow_task
from dagferry.model.task import Task


class BranchDecorator(Construct):
    """`@task.branch` of Airflow 2 and 3."""

    kind = "decorator"
    grade = "adapted"
    by_version = True
    helper_parts = ("branching",)
    names = ("airflow.decorators.task.branch", "airflow.sdk.task.branch")

    def lower(self, call: Call) -> Task:
        """A call of the decorated function with its arguments."""
        options = read_options(call)
        finish(call, "BranchPythonOperator")
        return taskflow_task(call, self.name, options)

    def not_liftable(self, task: Task) -> str | None:  # noqa: ARG002 - whatever it returns
        """Only the run knows what it skips."""
        return "a branch decides in the run what is skipped"

    def emit(self, task: Task, out: Emitter) -> Form:
        """The decorated function, as a branch, with the call's arguments."""
        return of_kind(task, out, "branch")

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow.decorators import dag, task
                from airflow.operators.empty import EmptyOperator


                @task.branch
                def size(count):
                    return "large" if count > 100 else "small"


                @dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
                def orders():
                    size(150) >> [EmptyOperator(task_id="large"), EmptyOperator(task_id="small")]


                orders()
                """,
            after='''\
                from prefect import flow, task

                from airflow_compat import TaskGraph, branch


                @task
                def size(count):
                    return "large" if count > 100 else "small"


                @task
                def large():
                    """Marks a place in the graph and does nothing."""


                @task
                def small():
                    """Marks a place in the graph and does nothing."""


                @flow(name="orders", log_prints=True)
                def orders():
                    with TaskGraph() as graph:
                        graph.add(branch(size), 150) >> [graph.add(large), graph.add(small)]
                    return graph.leaves


                if __name__ == "__main__":
                    orders()
                ''',
            findings=("DF502",),
            grade="adapted",
        ),
    )
