"""`@task`: Prefect's decorator of the same name; calls in the DAG become calls or submits in the flow.

A TaskFlow call hands values on as arguments, which is what a Prefect task does. Options of the
decorator and of `.override(...)` become Prefect's.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/tutorial/taskflow.html
Prefect: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import ast

from dagferry.constructs._base import Call, Case, Construct, Emitter, Form, Refused
from dagferry.constructs._options import finish, read_options
from dagferry.errors import Impossible
from dagferry.model.task import Argument, Task
from dagferry.model.values import Code, Value
from dagferry.source.constants import Located


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
        several = _several(call)
        options = read_options(call, "multiple_outputs")
        finish(call)
        return Task(
            construct=self.name,
            span=call.arguments.module.source.span(call.node),
            name=call.name,
            options=options,
            function=call.task_function,
            body=_callee(call),
            arguments=tuple(_arguments(call)),
            template_fields=(("op_args", None), ("op_kwargs", None)),
            taskflow=True,
            multiple_outputs=several,
        )

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
            findings=("DF201",),
            grade="native",
        ),
    )


def _several(call: Call) -> bool:
    """Whether the dict that the body returns is pushed by its keys as well.

    Observed in Airflow 2.11.2: a return annotation that is a mapping decides where nothing is said.
    """
    try:
        said = call.arguments.const("multiple_outputs")
    except Impossible:
        raise Refused("DF303", "the value of `multiple_outputs`") from None
    return call.returns_mapping if said is None else bool(said)


def _callee(call: Call) -> Code:
    """The expression that names the decorated function, without `.override(...)`."""
    function = call.node.func
    if isinstance(function, ast.Call) and isinstance(function.func, ast.Attribute):
        function = function.func.value
    return Code(span=call.arguments.module.source.span(function))


def _arguments(call: Call) -> list[Argument]:
    module = call.arguments.module
    found: list[Argument] = []
    for node in call.node.args:
        stars = int(isinstance(node, ast.Starred))
        inner = node.value if isinstance(node, ast.Starred) else node
        found.append(Argument(value=_value(call, Located(inner, module)), stars=stars))
    for keyword in call.node.keywords:
        value = _value(call, Located(keyword.value, module))
        found.append(Argument(name=keyword.arg, value=value, stars=0 if keyword.arg else 2))
    return found


def _value(call: Call, found: Located) -> Value:
    try:
        return call.arguments.templated(found)
    except Impossible:
        raise Refused("DF303", "an argument that another module computes") from None
