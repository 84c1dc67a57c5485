"""Calls of functions that a decorator of `@task` made tasks.

https://airflow.apache.org/docs/apache-airflow/stable/tutorial/taskflow.html
"""

from __future__ import annotations

from dagferry.constructs._base import Call, Refused, templated
from dagferry.errors import Impossible
from dagferry.messages import reason
from dagferry.model.task import Argument, Options, Task
from dagferry.model.values import Code, Value
from dagferry.source.code import code_of
from dagferry.source.constants import Located
from dagferry.syntax import grammar


def taskflow_task(call: Call, construct: str, options: Options) -> Task:
    """A call of the decorated function with its arguments."""
    return Task(
        construct=construct,
        span=call.arguments.module.source.span(call.node),
        name=call.name,
        options=options,
        function=call.task_function,
        body=_callee(call),
        arguments=tuple(_arguments(call)),
        template_fields=(("op_args", None), ("op_kwargs", None)),
        taskflow=True,
    )


def _callee(call: Call) -> Code:
    """The expression that names the decorated function, without `.override(...)`."""
    function = call.node.func
    if isinstance(function, grammar.Call) and isinstance(function.func, grammar.Attribute):
        function = function.func.value
    return code_of(function)


def _arguments(call: Call) -> list[Argument]:
    module = call.arguments.module
    found: list[Argument] = []
    for node in call.node.args:
        stars = int(isinstance(node, grammar.Starred))
        inner = node.value if isinstance(node, grammar.Starred) else node
        found.append(Argument(value=_value(call, Located(inner, module)), stars=stars))
    for keyword in call.node.keywords:
        value = _value(call, Located(keyword.value, module))
        found.append(Argument(name=keyword.arg, value=value, stars=0 if keyword.arg else 2))
    return found


def _value(call: Call, found: Located) -> Value:
    return templated(call, found, "an argument that another module computes")


def several(call: Call) -> bool:
    """Whether the dict that the body returns is pushed by its keys as well.

    Observed in Airflow 2.11.2: a return annotation that is a mapping decides where nothing is said.
    """
    try:
        said = call.arguments.const("multiple_outputs")
    except Impossible:
        raise Refused(*reason("value", argument="multiple_outputs")) from None
    if said is None and call.returns_mapping is None:
        call.tell("unread annotation")
    return bool(call.returns_mapping) if said is None else bool(said)
