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
            name="every argument",
            before="""\
                from datetime import datetime, timedelta

                from airflow import DAG
                from airflow.operators.empty import EmptyOperator

                with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    EmptyOperator(
                        task_id="start-here",
                        retries=1,
                        retry_delay=timedelta(seconds=2),
                        execution_timeout=timedelta(minutes=1),
                        trigger_rule="all_success",
                        pool="default_pool",
                        doc_md="where it starts",
                    )
                """,
            after='''\
                from prefect import flow, task


                @task(name="start-here", retries=1, retry_delay_seconds=2, timeout_seconds=60)
                def start_here():
                    """Marks a place in the graph and does nothing."""


                @flow(name="marks", log_prints=True)
                def marks():
                    start_here()


                if __name__ == "__main__":
                    marks()
                ''',
            findings=("DF302",),
            grade="native",
        ),
        Case(
            name="a date of its own",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.empty import EmptyOperator

                with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    EmptyOperator(task_id="start", start_date=datetime(2025, 6, 1))
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
            findings=("DF302",),
            grade="native",
        ),
        Case(
            name="another name and Airflow 1.10",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.dummy_operator import DummyOperator as Nothing

                with DAG("marks", start_date=datetime(2024, 1, 1), schedule_interval=None) as dag:
                    Nothing(task_id="start")
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
            name="Airflow 3",
            before="""\
                from datetime import datetime

                from airflow.providers.standard.operators.empty import EmptyOperator
                from airflow.sdk import DAG

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
            name="a variable that is called like the task",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.empty import EmptyOperator

                with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    start = EmptyOperator(task_id="start")
                    left = EmptyOperator(task_id="left")
                    right = EmptyOperator(task_id="right")
                    start >> [left, right]
                """,
            after='''\
                from prefect import flow, task


                @task
                def start():
                    """Marks a place in the graph and does nothing."""


                @task
                def left():
                    """Marks a place in the graph and does nothing."""


                @task
                def right():
                    """Marks a place in the graph and does nothing."""


                @flow(name="marks", log_prints=True)
                def marks():
                    start_run = start.submit()
                    left_run = left.submit(wait_for=[start_run])
                    right_run = right.submit(wait_for=[start_run])
                    return [left_run, right_run]


                if __name__ == "__main__":
                    marks()
                ''',
            grade="native",
        ),
        Case(
            name="in a helper",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.empty import EmptyOperator


                def mark(name):
                    return EmptyOperator(task_id=name)


                with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    mark("start") >> mark("end")
                """,
            after='''\
                from prefect import flow, task

                from airflow_compat import TaskGraph


                @task
                def empty():
                    """Marks a place in the graph and does nothing."""


                def mark(name):
                    return TaskGraph.current().add(empty.with_options(name=name))


                @flow(name="marks", log_prints=True)
                def marks():
                    with TaskGraph() as graph:
                        mark("start") >> mark("end")
                    return graph.leaves


                if __name__ == "__main__":
                    marks()
                ''',
            findings=("DF502",),
            grade="adapted",
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
            name="an operator of another package",
            before='''\
                """Not airflow."""

                from graphs import EmptyOperator

                start = EmptyOperator(task_id="start") >> EmptyOperator(task_id="end")
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
                    # dagferry[DF301]: the argument `colour` has no conversion.
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
        Case(
            name="outlets",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.empty import EmptyOperator

                with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    EmptyOperator(task_id="start", outlets=["a table"])
                """,
            after="""\
                from prefect import flow, task


                @task
                def start(*args, **kwargs):
                    # dagferry[DF301]: the argument `outlets` has no conversion.
                    # See `dagferry explain DF301`.
                    #   EmptyOperator(task_id="start", outlets=["a table"])
                    raise NotImplementedError("start: convert the argument outlets by hand (DF301)")


                @flow(name="marks", log_prints=True)
                def marks():
                    start()


                if __name__ == "__main__":
                    marks()
                """,
            findings=("DF301",),
            grade="manual",
            run=False,
        ),
        Case(
            name="a trigger rule that does not exist",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.empty import EmptyOperator

                with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    EmptyOperator(task_id="start", trigger_rule="all_well")
                """,
            after="""\
                from prefect import flow, task


                @task
                def start(*args, **kwargs):
                    # dagferry[DF304]: the trigger rule `all_well` has no conversion.
                    # See `dagferry explain DF304`.
                    #   EmptyOperator(task_id="start", trigger_rule="all_well")
                    raise NotImplementedError(
                        "start: convert the trigger rule all_well by hand (DF304)"
                    )


                @flow(name="marks", log_prints=True)
                def marks():
                    start()


                if __name__ == "__main__":
                    marks()
                """,
            findings=("DF304",),
            grade="manual",
        ),
    )
