"""Tells of the variables that Prefect keeps under other names than Airflow."""

from __future__ import annotations

from dagferry import messages
from dagferry.build.names import prefect_name
from dagferry.constructs.data.variable import Variable
from dagferry.findings import Finding
from dagferry.lowering.airflow_use import airflow_reads
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar

_CALLS = frozenset(f"{name}.{method}" for name in Variable.names for method in ("get", "set"))


def renamed_variables(module: ParsedModule) -> list[Finding]:
    """A finding for each name of a variable, with the one to store its value under."""
    found = []
    for read in airflow_reads(module):
        match read.node.parent:
            case (
                grammar.Call(func=function, args=[grammar.Constant(value=str(key)), *_]) as call
            ) if function is read.node and read.origin in _CALLS and prefect_name(key) != key:
                found.append(_told(key, call))
    return found


def _told(key: str, node: grammar.Call) -> Finding:
    name = prefect_name(key)
    return messages.found(
        "renamed variable", key=key, name=name, line=node.line, column=node.column
    )
