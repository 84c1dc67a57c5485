"""`@task.sensor`: Prefect's `@task`, and `graph.add(sensor(ready), ...)` where the function is called.

As with PythonSensor, the body is asked until the condition holds; arguments are those of the call. What it
returns is the value of a `PokeReturnValue`, and nothing for any other true value.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/tutorial/taskflow.html
Prefect: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from dataclasses import replace

from dagferry.constructs._base import Call, Case, Construct, Emitter, Form
from dagferry.constructs._kinds import of_kind
from dagferry.constructs._options import finish, read_options
from dagferry.constructs.sensors._waiting import WAITING, waiting
from dagferry.constructs.taskflow._calls import taskflow_task
from dagferry.model.task import Task


class SensorDecorator(Construct):
    """`@task.sensor` of Airflow 2 and 3."""

    kind = "decorator"
    grade = "adapted"
    by_version = True
    helper_parts = ("sensor_tasks",)
    names = ("airflow.decorators.task.sensor", "airflow.sdk.task.sensor")

    def lower(self, call: Call) -> Task:
        """A call of the decorated function with its arguments, and how it is asked."""
        options = read_options(call, *WAITING)
        found = waiting(call, options)
        finish(call, "PythonSensor")
        return replace(taskflow_task(call, self.name, options), kind_arguments=tuple(found))

    def not_liftable(self, task: Task) -> str | None:  # noqa: ARG002 - whatever it asks
        """It waits by the helper's rules, which hold in a graph."""
        return "a sensor waits in it"

    def emit(self, task: Task, out: Emitter) -> Form:
        """The decorated function, as a sensor, with the call's arguments."""
        return of_kind(task, out, "sensor")

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow.decorators import dag, task


                @task.sensor(poke_interval=30)
                def is_there(day):
                    return day > "2020"


                @task
                def load():
                    print("loaded")


                @dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
                def files():
                    is_there("2024") >> load()


                files()
                """,
            after="""\
                from prefect import flow, task

                from airflow_compat import TaskGraph, sensor


                @task
                def is_there(day):
                    return day > "2020"


                @task
                def load():
                    print("loaded")


                @flow(name="files", log_prints=True)
                def files():
                    with TaskGraph() as graph:
                        graph.add(sensor(is_there, poke_interval=30), "2024") >> graph.add(load)
                    return graph.leaves


                if __name__ == "__main__":
                    files()
                """,
            findings=("DF502",),
            grade="adapted",
        ),
    )
