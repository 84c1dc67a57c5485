"""PythonOperator: its callable becomes a Prefect task, and the operator a call of it.

Airflow calls `python_callable(*op_args, **op_kwargs)` with the context variables that the signature
names; what the callable returns is XCom `return_value`. A Prefect task takes and returns plain values.

Airflow: https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/python.html
Prefect: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import builtins
from functools import partial

from dagferry.constructs._base import Call, Case, Construct, Emitter, Form, Refused, templated
from dagferry.constructs._options import finish, read_options
from dagferry.errors import Impossible
from dagferry.model.parameters import Parameter
from dagferry.model.task import Argument, Task
from dagferry.model.values import Code, Value
from dagferry.source.code import code_of
from dagferry.source.constants import Located
from dagferry.source.functions import generates, read_parameters
from dagferry.syntax import grammar


class PythonOperator(Construct):
    """PythonOperator in all its homes."""

    names = (
        "airflow.operators.PythonOperator",
        "airflow.operators.python.PythonOperator",
        "airflow.operators.python_operator.PythonOperator",
        "airflow.providers.standard.operators.python.PythonOperator",
    )

    def lower(self, call: Call) -> Task:
        """The callable, `op_args` and `op_kwargs`. Raises Refused for a callable that is computed."""
        options = read_options(call, "templates_dict", "multiple_outputs")
        several = call.attempt(partial(_several, call), False)
        nothing: list[Argument] = []
        arguments = [
            *call.attempt(partial(_positional, call), nothing),
            *call.attempt(partial(_named, call), nothing),
            *call.attempt(partial(_dictionary, call), nothing),
        ]
        found = call.arguments.find("python_callable")
        finish(call, "PythonOperator")
        if found is None:
            raise Refused("DF404", "an operator without `python_callable`")
        if isinstance(found.node, grammar.Lambda) and generates(found.node):
            raise Refused("DF411", "a lambda with `yield`")
        function = call.function_of(found)
        body = _expression(call, found)
        return Task(
            construct=self.name,
            span=call.arguments.module.source.span(call.node),
            name=call.name,
            options=options,
            function=function,
            body=body,
            arguments=tuple(arguments),
            template_fields=_template_fields(arguments),
            parameters=_parameters(found),
            multiple_outputs=several,
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
            grade="native",
        ),
        Case(
            name="a class of the same name from here",
            before="""\
                class PythonOperator:
                    def __init__(self, task_id, python_callable):
                        self.task_id = task_id


                def hello():
                    print("hello to airflow")


                operator = PythonOperator(task_id="hello", python_callable=hello)
                """,
        ),
        Case(
            name="an argument that nobody knows",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.python import PythonOperator


                def hello():
                    print("hello")


                with DAG("greet", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="hello", python_callable=hello, pre_execute=print)
                """,
            after="""\
                from prefect import flow, task


                def hello():
                    print("hello")


                @task(name="hello")
                def hello_task(*args, **kwargs):
                    # dagferry[DF301]: the argument `pre_execute` has no conversion.
                    # See `dagferry explain DF301`.
                    #   PythonOperator(task_id="hello", python_callable=hello, pre_execute=print)
                    raise NotImplementedError("hello: convert the argument pre_execute by hand (DF301)")


                @flow(name="greet", log_prints=True)
                def greet():
                    hello_task()


                if __name__ == "__main__":
                    greet()
                """,
            findings=("DF301",),
            grade="manual",
        ),
    )


def _expression(call: Call, found: Located) -> Code:
    if not isinstance(found.node, (grammar.Name, grammar.Attribute, grammar.Lambda)):
        raise Refused("DF404", "a callable that is computed")
    name = found.node.id if isinstance(found.node, grammar.Name) else ""
    if name in dir(builtins) and name not in found.module.imports and not call.is_bound(name):
        raise Refused("DF404", "a builtin as the callable")
    if found.module is not call.arguments.module:
        raise Refused("DF404", "a callable that another module's arguments name")
    return code_of(found.node)


def _parameters(found: Located) -> tuple[Parameter, ...] | None:
    if not isinstance(found.node, grammar.Lambda):
        return None
    return tuple(read_parameters(found.node, found.module))


def _positional(call: Call) -> list[Argument]:
    found = call.arguments.find("op_args")
    if found is None or _is_none(found):
        return []
    if isinstance(found.node, (grammar.List, grammar.Tuple)):
        values = [Located(element, found.module) for element in found.node.elts]
        if not any(isinstance(value.node, grammar.Starred) for value in values):
            return [Argument(value=_value(call, value)) for value in values]
    return [Argument(value=_value(call, found), stars=1)]


def _named(call: Call) -> list[Argument]:
    found = call.arguments.find("op_kwargs")
    if found is None or _is_none(found):
        return []
    if isinstance(found.node, (grammar.Dict, grammar.Call)):
        try:
            items = call.arguments.items(found)
        except Impossible:
            items = None
        if items is not None and all(name.isidentifier() for name in items):
            return [Argument(name=n, value=_value(call, v)) for n, v in items.items()]
    return [Argument(value=_value(call, found), stars=2)]


def _dictionary(call: Call) -> list[Argument]:
    """`templates_dict`: Airflow renders it and puts it in the context under that name."""
    found = call.arguments.find("templates_dict")
    if found is None or _is_none(found):
        return []
    return [Argument(name="templates_dict", value=_value(call, found))]


def _template_fields(arguments: list[Argument]) -> tuple[tuple[str, str | None], ...]:
    found: tuple[tuple[str, str | None], ...] = (("op_args", None), ("op_kwargs", None))
    if any(argument.name == "templates_dict" for argument in arguments):
        return (*found, ("templates_dict", "templates_dict"))
    return found


def _several(call: Call) -> bool:
    try:
        return bool(call.arguments.const("multiple_outputs"))
    except Impossible:
        raise Refused("DF303", "the value of `multiple_outputs`") from None


def _value(call: Call, found: Located) -> Value:
    return templated(call, found, "an argument that another module computes")


def _is_none(found: Located) -> bool:
    return isinstance(found.node, grammar.Constant) and found.node.value is None
