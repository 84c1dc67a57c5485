"""Operators that call a function: `python_callable` with `op_args`, `op_kwargs`, `templates_dict`.

Airflow calls it with the context variables that its signature names:
https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/python.html
"""

from __future__ import annotations

import builtins
from functools import partial

from dagferry.constructs._base import Call, Refused, Unread, templated
from dagferry.constructs._options import finish, read_options
from dagferry.errors import Impossible
from dagferry.messages import reason
from dagferry.model.parameters import Parameter
from dagferry.model.task import Argument, Task
from dagferry.model.values import Code, Value
from dagferry.source.code import code_of
from dagferry.source.constants import Located
from dagferry.source.functions import generates, read_parameters
from dagferry.syntax import grammar
from dagferry.syntax.walking import loads


def callable_task(call: Call, construct: str, operator: str, *own: str) -> Task:
    """The task of an operator that calls a function. Raises Refused for a callable that is computed.

    `operator` is the name of Airflow's class, `own` are arguments that the construct reads itself: before
    it calls this.
    """
    options = read_options(call, "templates_dict", *own)
    nothing: list[Argument] = []
    arguments = [
        *call.attempt(partial(_positional, call), nothing),
        *call.attempt(partial(_named, call), nothing),
        *call.attempt(partial(_dictionary, call), nothing),
    ]
    found = call.arguments.find("python_callable")
    finish(call, operator)
    given = expected_callable(call, found)
    here = given.module is call.arguments.module
    body = call.attempt(
        lambda: callable_expression(call, given), code_of(given.node) if here else None
    )
    return Task(
        construct=construct,
        span=call.arguments.module.source.span(call.node),
        name=call.name,
        options=options,
        function=call.function_of(given),
        body=body,
        arguments=tuple(arguments),
        template_fields=_template_fields(arguments),
        parameters=lambda_parameters(given),
    )


def expected_callable(call: Call, found: Located | None) -> Located:
    """The callable that an operator must have. Raises Refused without one, and for a generator."""
    if found is None:
        kind = Refused if call.arguments.whole else Unread
        raise kind(*reason("no callable"))
    if isinstance(found.node, grammar.Lambda) and generates(found.node):
        raise Refused(*reason("generator lambda"))
    return found


def callable_expression(call: Call, found: Located) -> Code:
    """The expression that names the callable. Raises Refused for one that is computed."""
    if not isinstance(found.node, (grammar.Name, grammar.Attribute, grammar.Lambda)):
        # Where prints are logged, Prefect puts a function of its own in its place, which takes `**kwargs`.
        kind = Refused if any(one.id == "print" for one in loads(found.node)) else Unread
        raise kind(*reason("computed callable"))
    name = found.node.id if isinstance(found.node, grammar.Name) else ""
    if name in dir(builtins) and name not in found.module.imports and not call.is_bound(name):
        kind = Refused if name == "print" else Unread
        raise kind(*reason("builtin"))
    if found.module is not call.arguments.module:
        raise Unread(*reason("callable of another module"))
    return code_of(found.node)


def lambda_parameters(found: Located) -> tuple[Parameter, ...] | None:
    """The parameters of a lambda; None for a callable that has a name."""
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


def _value(call: Call, found: Located) -> Value:
    return templated(call, found, "an argument that another module computes")


def _is_none(found: Located) -> bool:
    return isinstance(found.node, grammar.Constant) and found.node.value is None
