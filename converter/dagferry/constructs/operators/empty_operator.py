"""EmptyOperator (DummyOperator): a Prefect task that does nothing, so that its edges keep a place.

It cannot be left out: it joins and splits edges, and its task id is part of the DAG.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/operators.html
Prefect: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from dagferry.constructs._base import Call, Case, Construct, Emitter, Form
from dagferry.constructs._options import finish, read_options
from dagferry.model.task import Task


class Empty(Construct):
    """EmptyOperator and its older name DummyOperator."""

    runs_nothing = True
    helper_class = "EmptyOperator"
    names = (
        "airflow.operators.DummyOperator",
        "airflow.operators.empty.EmptyOperator",
        "airflow.providers.standard.operators.empty.EmptyOperator",
        "airflow.operators.dummy.DummyOperator",
        "airflow.operators.dummy_operator.DummyOperator",
        "airflow.operators.dummy.EmptyOperator",
    )

    def lower(self, call: Call) -> Task:
        """An EmptyOperator takes nothing of its own."""
        options = read_options(call)
        finish(call, "EmptyOperator")
        span = call.arguments.module.source.span(call.node)
        return Task(construct=self.name, span=span, name=call.name, options=options)

    def emit(self, task: Task, out: Emitter) -> Form:
        """A task with an empty body."""
        node, own_name = out.empty_task(task)
        return Form(task=node, own_name=own_name, arguments=())

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.empty import EmptyOperator

                with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
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
        ),
        Case(
            name="a class of the same name from here",
            before='''\
                class EmptyOperator:
                    """Nothing to do with airflow."""

                    def __init__(self, task_id):
                        self.task_id = task_id


                start = EmptyOperator(task_id="start")
                ''',
        ),
        Case(
            name="an argument that nobody knows",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.empty import EmptyOperator

                with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    EmptyOperator(task_id="start", colour="red")
                """,
            after="""\
                from prefect import flow, task


                @task
                def start(*args, **kwargs):
                    # dagferry[DF301]: no conversion for the argument `colour`.
                    # See `dagferry explain DF301`.
                    #   EmptyOperator(task_id="start", colour="red")
                    raise NotImplementedError("start: convert the argument colour by hand (DF301)")


                @flow(name="marks", log_prints=True)
                def marks():
                    start()


                if __name__ == "__main__":
                    marks()
                """,
            findings=("DF301",),
            grade="manual",
        ),
    )
