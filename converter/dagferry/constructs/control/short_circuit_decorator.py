"""`@task.short_circuit`: Prefect's `@task`, and `graph.add(short_circuit(check), ...)` where it is called.

As with ShortCircuitOperator, a false result skips what follows; arguments are those of the call.

The seam: a short circuit is never lifted to an `if` of plain Prefect (`not_liftable`).

Airflow: https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/python.html
Prefect: https://docs.prefect.io/v3/how-to-guides/workflows/write-and-run
"""

from __future__ import annotations

from dataclasses import replace

from dagferry.constructs._base import Call, Case, Construct, Emitter, Form
from dagferry.constructs._kinds import of_kind
from dagferry.constructs._options import finish, read_options
from dagferry.constructs.control._skipping import HOW_FAR, how_far
from dagferry.constructs.taskflow._calls import taskflow_task
from dagferry.model.task import Task


class ShortCircuitDecorator(Construct):
    """`@task.short_circuit` of Airflow 2 and 3."""

    kind = "decorator"
    grade = "adapted"
    by_version = True
    helper_parts = ("branching",)
    names = ("airflow.decorators.task.short_circuit", "airflow.sdk.task.short_circuit")

    def lower(self, call: Call) -> Task:
        """A call of the decorated function with its arguments, and how far it skips."""
        found = how_far(call)
        options = read_options(call, HOW_FAR)
        finish(call, "ShortCircuitOperator")
        return replace(taskflow_task(call, self.name, options), kind_arguments=found)

    def not_liftable(self, task: Task) -> str | None:  # noqa: ARG002 - whatever it returns
        """Only the run knows whether it skips."""
        return "a short circuit decides in the run what is skipped"

    def emit(self, task: Task, out: Emitter) -> Form:
        """The decorated function, as a short circuit, with the call's arguments."""
        return of_kind(task, out, "short_circuit")

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow.decorators import dag, task
                from airflow.operators.empty import EmptyOperator


                @task.short_circuit
                def is_worth_it(count):
                    return count > 1000


                @dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
                def orders():
                    is_worth_it(150) >> EmptyOperator(task_id="work")


                orders()
                """,
            after='''\
                from prefect import flow, task

                from airflow_compat import TaskGraph, short_circuit


                @task
                def is_worth_it(count):
                    return count > 1000


                @task
                def work():
                    """Marks a place in the graph and does nothing."""


                @flow(name="orders", log_prints=True)
                def orders():
                    with TaskGraph() as graph:
                        graph.add(short_circuit(is_worth_it), 150) >> graph.add(work)
                    return graph.leaves


                if __name__ == "__main__":
                    orders()
                ''',
            findings=("DF502",),
            grade="adapted",
        ),
    )
