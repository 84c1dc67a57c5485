"""Tells of the variables that Prefect keeps under other names than Airflow."""

from __future__ import annotations

from dagferry.build.names import prefect_name
from dagferry.constructs.data.variable import Variable
from dagferry.findings import ADVISORY, Finding
from dagferry.source.project import ParsedModule
from dagferry.source.scope import qualified
from dagferry.syntax import grammar

_CALLS = frozenset(f"{name}.{method}" for name in Variable.names for method in ("get", "set"))


def renamed_variables(module: ParsedModule) -> list[Finding]:
    """A finding for each name of a variable, with the one to store its value under."""
    found = []
    for node in module.index.of(grammar.Call):
        match node:
            case grammar.Call(func=function, args=[grammar.Constant(value=str(key)), *_]) if (
                prefect_name(key) != key and qualified(function, module.imports) in _CALLS
            ):
                found.append(_told(key, node))
    return found


def _told(key: str, node: grammar.Call) -> Finding:
    return Finding(
        code="DF210",
        message=f"Prefect keeps the variable `{key}` under the name `{prefect_name(key)}`",
        hint=f"store its value with `prefect variable set {prefect_name(key)} VALUE`",
        severity=ADVISORY,
        line=node.line,
        column=node.column,
    )
