"""PythonOperator: its callable becomes a Prefect task, and the operator a call of it.

Airflow calls `python_callable(*op_args, **op_kwargs)` with the context variables that the signature
names; what the callable returns is XCom `return_value`. A Prefect task takes and returns plain values.

Airflow: https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/python.html
Prefect: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import ast
import builtins

from dagferry.constructs._base import Call, Case, Construct, Emitter, Form, Refused
from dagferry.constructs._options import finish, read_options
from dagferry.errors import Impossible
from dagferry.model.task import Argument, Task
from dagferry.model.values import Code, Value
from dagferry.source.constants import Located


class PythonOperator(Construct):
    """PythonOperator in all its homes."""

    names = (
        "airflow.operators.python.PythonOperator",
        "airflow.operators.python_operator.PythonOperator",
        "airflow.providers.standard.operators.python.PythonOperator",
    )

    def lower(self, call: Call) -> Task:
        """The callable, `op_args` and `op_kwargs`. Raises Refused for a callable that is computed."""
        options = read_options(call)
        found = call.arguments.find("python_callable")
        if found is None:
            raise Refused("DF404", "an operator without `python_callable`")
        function = call.function_of(found)
        body = _expression(call, found)
        arguments = (*_positional(call), *_named(call))
        finish(call)
        return Task(
            construct=self.name,
            span=call.arguments.module.source.span(call.node),
            name=call.name,
            options=options,
            function=function,
            body=body,
            arguments=arguments,
            template_fields=(("op_args", None), ("op_kwargs", None)),
        )

    def emit(self, task: Task, out: Emitter) -> Form:
        """The callable's task with its arguments."""
        node, own_name = out.body(task)
        return Form(task=node, own_name=own_name, arguments=out.arguments(task))

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.python import PythonOperator


                def hello():
                    print("hello")


                with DAG("greet", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="hello", python_callable=hello)
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


def _expression(call: Call, found: Located) -> Code:
    if not isinstance(found.node, (ast.Name, ast.Attribute, ast.Lambda)):
        raise Refused("DF404", "a callable that is computed")
    name = found.node.id if isinstance(found.node, ast.Name) else ""
    if name in dir(builtins) and name not in found.module.imports and not call.is_bound(name):
        raise Refused("DF404", "a builtin as the callable")
    if found.module is not call.arguments.module:
        raise Refused("DF404", "a callable that another module's arguments name")
    return Code(span=found.module.source.span(found.node))


def _positional(call: Call) -> list[Argument]:
    found = call.arguments.find("op_args")
    if found is None or _is_none(found):
        return []
    if isinstance(found.node, (ast.List, ast.Tuple)):
        values = [Located(element, found.module) for element in found.node.elts]
        if any(isinstance(v.node, ast.Starred) for v in values):
            raise Refused("DF303", "`op_args` with a `*`")
        return [Argument(value=_value(call, value)) for value in values]
    return [Argument(value=_value(call, found), stars=1)]


def _named(call: Call) -> list[Argument]:
    found = call.arguments.find("op_kwargs")
    if found is None or _is_none(found):
        return []
    if isinstance(found.node, (ast.Dict, ast.Call)):
        try:
            items = call.arguments.items(found)
        except Impossible:
            items = None
        if items is not None and all(name.isidentifier() for name in items):
            return [Argument(name=n, value=_value(call, v)) for n, v in items.items()]
    return [Argument(value=_value(call, found), stars=2)]


def _value(call: Call, found: Located) -> Value:
    try:
        return call.arguments.templated(found)
    except Impossible:
        raise Refused("DF303", "an argument that another module computes") from None


def _is_none(found: Located) -> bool:
    return isinstance(found.node, ast.Constant) and found.node.value is None
