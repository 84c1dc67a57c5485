"""Operators that are mapped: their class in the helper takes `partial` and `expand` as Airflow's does.

https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/dynamic-task-mapping.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dagferry.build.nodes import Dotted, Named, Node
from dagferry.constructs._base import Call, Emitter, Form, Refused, templated
from dagferry.constructs._options import finish, read_options
from dagferry.constructs.operators._callables import (
    callable_expression,
    expected_callable,
    lambda_parameters,
)
from dagferry.messages import reason
from dagferry.model.task import Argument, Task
from dagferry.model.values import Value
from dagferry.source.abstract import External, Partial
from dagferry.source.constants import Located
from dagferry.source.project import is_airflow
from dagferry.syntax import grammar
from dagferry.syntax.walking import below

# What each class of the helper takes of its own, the templated ones first.
_TEMPLATED = {
    "BashOperator": ("bash_command", "env", "cwd"),
    "PythonOperator": ("op_args", "op_kwargs", "templates_dict"),
}
_PLAIN = {
    "BashOperator": ("append_env", "output_encoding", "skip_on_exit_code"),
    "PythonOperator": (),
}
_CALLABLE = "python_callable"


def mapped_operator(call: Call, begun: Partial, construct: str) -> Task:
    """A call of `Operator.partial(...).expand(...)`. Raises Refused."""
    callee = begun.callee.name if isinstance(begun.callee, External) else ""
    kind = callee.rpartition(".")[2]
    if kind not in _TEMPLATED or not is_airflow(callee):
        raise Refused("DF701", "dynamic task mapping of an operator")
    own = (*_TEMPLATED[kind], *_PLAIN[kind])
    options = read_options(call, *own)
    call.arguments.ignore(*own, _CALLABLE)
    for name in sorted(call.arguments.defaults.keys() & {*own, _CALLABLE}):
        call.refuse(*reason("argument in defaults", argument=name))
    finish(call, kind)
    task = Task(
        construct=construct,
        span=call.arguments.module.source.span(call.node),
        name=call.name,
        options=options,
        arguments=tuple(_arguments(call, own)),
        template_fields=tuple((name, name) for name in _TEMPLATED[kind]),
        undecorated=True,
        variant=kind,
    )
    return _with_callable(task, call) if kind == "PythonOperator" else task


def _with_callable(task: Task, call: Call) -> Task:
    given = expected_callable(call, call.arguments.find(_CALLABLE))
    return replace(
        task,
        function=call.function_of(given),
        body=callable_expression(call, given),
        parameters=lambda_parameters(given),
    )


def _arguments(call: Call, own: tuple[str, ...]) -> Iterator[Argument]:
    *before, expansion = chain_of(call.node)
    for one in before:
        for keyword in one.keywords:
            if keyword.arg in own:
                yield Argument(name=keyword.arg, value=_value(call, keyword.value))
    if isinstance(expansion.func, grammar.Attribute) and expansion.func.attr != "expand":
        yield _listed(call, expansion, own)
        return
    for keyword in expansion.keywords:
        if keyword.arg not in own:
            what = f"the argument `{keyword.arg}`" if keyword.arg else "arguments that are spread"
            raise Refused("DF701", f"dynamic task mapping over {what}")
        yield Argument(name=keyword.arg, value=_value(call, keyword.value), mapped=True)


def _listed(call: Call, expansion: grammar.Call, own: tuple[str, ...]) -> Argument:
    """The dicts of `expand_kwargs`: options in them would be those of one run alone."""
    listed = expansion.args[0] if len(expansion.args) == 1 and not expansion.keywords else None
    dicts = listed.elts if isinstance(listed, (grammar.List, grammar.Tuple)) else []
    keys = [key for one in dicts if isinstance(one, grammar.Dict) for key in one.keys]
    names = {key.value if isinstance(key, grammar.Constant) else None for key in keys}
    if not all(isinstance(one, grammar.Dict) for one in dicts) or not names or names - {*own}:
        raise Refused("DF701", "dynamic task mapping of an operator over dicts that are computed")
    assert listed is not None
    return Argument(value=_value(call, listed), mapped=True)


def _value(call: Call, node: grammar.Expression) -> Value:
    for text in below(node, grammar.Constant):
        if isinstance(text.value, str) and text.value.endswith((".sh", ".bash")):
            raise Refused("DF303", "a template file of a mapped task")
    return templated(call, Located(node, call.arguments.module), "an argument of a mapped task")


def operator_form(task: Task, out: Emitter) -> Form:
    """`Operator.partial(task_id=..., ...).expand(...)`."""
    given: list[Node] = []
    if task.body is not None:
        given.append(Named(_CALLABLE, out.callable(task)))
    given += [_written(one, out) for one in task.arguments if not one.mapped]
    over = tuple(_written(one, out) for one in task.arguments if one.mapped)
    listed = any(one.mapped and one.name is None for one in task.arguments)
    return Form(
        task=Dotted(out.helper(task.variant), "partial"),
        own_name=None,
        arguments=tuple(given),
        by_class=True,
        then=(("expand_kwargs" if listed else "expand", over),),
    )


def _written(argument: Argument, out: Emitter) -> Node:
    value = out.unrendered(argument.value)
    return Named(argument.name, value) if argument.name else value


def chain_of(node: grammar.Call) -> list[grammar.Call]:
    """The calls of `f.override(...).partial(...).expand(...)`, in this order."""
    found = [node]
    while isinstance(found[0].func, grammar.Attribute):
        inner = found[0].func.value
        if not isinstance(inner, grammar.Call):
            break
        found.insert(0, inner)
    return found
