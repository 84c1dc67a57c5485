"""PythonSensor: `PythonSensor` of the helper, a task of the graph that asks its callable until it holds.

The class takes Airflow's arguments. All pokes happen in one run of a Prefect task, in both modes, with the
same waits between them, the same time-out, and the same outcome where the condition never holds: failed, or
skipped with `soft_fail`. The callable stays a plain function, for it is called again and again.

Airflow: https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/sensors/python.html
Prefect: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from dagferry.build.nodes import Named
from dagferry.constructs._base import Call, Case, Construct, Emitter, Form, Replacement, templated
from dagferry.constructs._options import finish, read_options
from dagferry.constructs.operators._callables import (
    callable_expression,
    expected_callable,
    lambda_parameters,
)
from dagferry.constructs.sensors._waiting import WAITING, waiting
from dagferry.model.task import Argument, Task
from dagferry.syntax import grammar

_HANDED = ("op_args", "op_kwargs", "templates_dict")
_HOMES = ("airflow.sensors.base", "airflow.sdk", "airflow.sdk.bases.sensor")


class PythonSensor(Construct):
    """PythonSensor in all its homes."""

    grade = "adapted"
    by_version = True
    helper_parts = ("sensors",)
    names = (
        "airflow.contrib.sensors.python_sensor.PythonSensor",
        "airflow.sensors.python.PythonSensor",
        "airflow.providers.standard.sensors.python.PythonSensor",
    )
    replaces: ClassVar[dict[str, Replacement]] = {
        f"{home}.PokeReturnValue": Replacement("airflow_compat", "PokeReturnValue")
        for home in _HOMES
    }

    def lower(self, call: Call) -> Task:
        """The callable, what it is handed, and how it is asked. Raises Refused for a computed callable."""
        options = read_options(call, *_HANDED, *WAITING)
        handed = [call.attempt(partial(_handed, call, name), None) for name in _HANDED]
        arguments = [one for one in handed if one is not None] + waiting(call, options)
        found = call.arguments.find("python_callable")
        finish(call, "PythonSensor")
        given = expected_callable(call, found)
        return Task(
            construct=self.name,
            span=call.arguments.module.source.span(call.node),
            name=call.name,
            options=options,
            function=call.function_of(given),
            body=callable_expression(call, given),
            arguments=tuple(arguments),
            template_fields=tuple((name, name) for name in _HANDED),
            parameters=lambda_parameters(given),
            undecorated=True,
        )

    def not_liftable(self, task: Task) -> str | None:  # noqa: ARG002 - whatever it asks
        """Its class works in a graph only."""
        return "a sensor waits in it"

    def emit(self, task: Task, out: Emitter) -> Form:
        """The class with Airflow's arguments."""
        given = [Named(str(one.name), out.unrendered(one.value)) for one in task.arguments]
        return Form(
            task=out.helper("PythonSensor"),
            own_name=None,
            arguments=(Named("python_callable", out.callable(task)), *given),
            by_class=True,
        )

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.empty import EmptyOperator
                from airflow.sensors.python import PythonSensor


                def is_there(day):
                    return day > "2020"


                with DAG("files", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    wait = PythonSensor(
                        task_id="wait", python_callable=is_there, op_args=["{{ ds }}"], poke_interval=30
                    )
                    wait >> EmptyOperator(task_id="load")
                """,
            after='''\
                from datetime import datetime

                from prefect import flow, task

                from airflow_compat import PythonSensor, TaskGraph, airflow_run


                def is_there(day):
                    return day > "2020"


                @task
                def load():
                    """Marks a place in the graph and does nothing."""


                @flow(name="files", log_prints=True)
                def files(logical_date: datetime | None = None):
                    run = airflow_run(logical_date)
                    with TaskGraph(run) as graph:
                        wait = PythonSensor(
                            task_id="wait",
                            python_callable=is_there,
                            op_args=["{{ ds }}"],
                            poke_interval=30,
                        )
                        wait >> graph.add(load)
                    return graph.leaves


                if __name__ == "__main__":
                    files()
                ''',
            findings=("DF502",),
            grade="adapted",
        ),
    )


def _handed(call: Call, name: str) -> Argument | None:
    found = call.arguments.find(name)
    if found is None or (isinstance(found.node, grammar.Constant) and found.node.value is None):
        return None
    value = templated(call, found, "an argument that another module computes")
    return Argument(name=name, value=value)
