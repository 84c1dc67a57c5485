"""Code that builds a graph and asks the DAG or its tasks: a flow has neither."""

from __future__ import annotations

from collections.abc import Collection

from dagferry.lowering.dag_site import RawSite
from dagferry.lowering.statements import DESCRIPTIVE
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, own

# What a task of a flow's graph can be asked for, as Airflow's can.
_OF_A_TASK = DESCRIPTIVE | {
    "output",
    "set_upstream",
    "set_downstream",
    "as_setup",
    "as_teardown",
    "task_id",
}


def asks_the_dag(site: RawSite) -> str | None:
    """`dag.tasks`: something that the block asks of the DAG object, which a flow's graph has not."""
    if site.variable is None or site.form == "decorator":
        return None
    for statement in site.body:
        asked = _asked(statement, site.variable)
        if asked is not None:
            return asked
    return None


def helper_asks(function: grammar.FunctionDef | grammar.AsyncFunctionDef) -> str | None:
    """The same for a helper that is handed the DAG as its parameter `dag`."""
    if all(parameter.arg != "dag" for parameter in below(function.args, grammar.Parameter)):
        return None
    found = (_asked(statement, "dag") for statement in function.body)
    return next((asked for asked in found if asked is not None), None)


def _asked(statement: grammar.Statement, variable: str) -> str | None:
    for node in own(statement, grammar.Attribute):
        match node:
            case grammar.Attribute(value=grammar.Name(id=name), attr=attr, ctx=context) if (
                name == variable
            ):
                described = attr in DESCRIPTIVE and context != "load"
                if not described:
                    return f"{variable}.{attr}"
    return None


def asks_a_task(site: RawSite, tasks: Collection[grammar.Node]) -> str | None:
    """`extract.retries = 5`: what the block asks or changes of a task that a variable holds."""
    variables = set()
    for statement in site.body:
        for assigned in own(statement, grammar.Assign):
            match assigned:
                case grammar.Assign(targets=[grammar.Name(id=name)], value=value) if value in tasks:
                    variables.add(name)
    for statement in site.body if variables else ():
        for node in own(statement, grammar.Attribute, grammar.Call):
            match node:
                case grammar.Attribute(value=grammar.Name(id=name), attr=attr) if name in variables:
                    if attr not in _OF_A_TASK:
                        return f"{name}.{attr}"
                case grammar.Call(
                    func=grammar.Name(id="setattr" | "getattr" as function),
                    args=[grammar.Name(id=name), *_],
                ) if name in variables:
                    return f"{function}({name}, ...)"
    return None
