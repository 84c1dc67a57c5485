"""`@task`: Prefect's decorator of the same name; calls in the DAG become calls or submits in the flow.

A TaskFlow call hands values on as arguments, which is what a Prefect task does. Options of the
decorator and of `.override(...)` become Prefect's.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/tutorial/taskflow.html
Prefect: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from dataclasses import replace

from dagferry.constructs._base import Call, Case, Construct, Emitter, Form
from dagferry.constructs._options import finish, read_options
from dagferry.constructs.taskflow._calls import several, taskflow_task
from dagferry.model.task import Task


class TaskDecorator(Construct):
    """Plain `@task` and `@task.python`."""

    kind = "decorator"
    names = (
        "airflow.decorators.task",
        "airflow.decorators.task.python",
        "airflow.sdk.task",
        "airflow.sdk.task.python",
        "airflow.operators.python.task",
    )

    def lower(self, call: Call) -> Task:
        """A call of the decorated function with its arguments."""
        splits = several(call)
        options = read_options(call, "multiple_outputs")
        finish(call, "PythonOperator")
        return replace(taskflow_task(call, self.name, options), multiple_outputs=splits)

    def emit(self, task: Task, out: Emitter) -> Form:
        """The decorated function with the call's arguments."""
        node, own_name = out.body(task)
        return Form(task=node, own_name=own_name, arguments=out.arguments(task))

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow.decorators import dag, task


                @task
                def hello():
                    print("hello")


                @dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
                def greet():
                    hello()


                greet()
                """,
            after="""\
                from prefect import flow, task


                @task
                def hello():
                    print("hello")


                @flow(name="greet", log_prints=True)
                def greet():
                    hello()


                if __name__ == "__main__":
                    greet()
                """,
            grade="native",
        ),
        Case(
            name="decorators of other packages",
            before='''\
                """Not airflow."""

                from celery import task
                from prefect import flow


                @task
                def hello():
                    print("hello")


                @flow
                def greet():
                    hello()
                ''',
        ),
        Case(
            name="a decorator that has no conversion",
            before="""\
                from datetime import datetime

                from airflow.decorators import dag, task


                @task.virtualenv(requirements=["polars"])
                def hello():
                    print("hello")


                @dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
                def greet():
                    hello()


                greet()
                """,
            after="""\
                from prefect import flow, task


                @task
                def hello(*args, **kwargs):
                    # dagferry[DF701]: no conversion for `@task.virtualenv`.
                    # See `dagferry explain DF701`.
                    #   @task.virtualenv(requirements=["polars"])
                    #   def hello():
                    #       print("hello")
                    raise NotImplementedError("hello: convert @task.virtualenv by hand (DF701)")


                @flow(name="greet", log_prints=True)
                def greet():
                    hello()


                if __name__ == "__main__":
                    greet()
                """,
            findings=("DF701",),
            grade="manual",
            run=False,
        ),
    )
