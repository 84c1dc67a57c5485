"""What can become of a task beside the plain way: a skip, a time-out, another branch."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from daglight.operators.bash import BashOperator
from daglight.operators.branch import (
    BaseBranchOperator,
    BranchPythonOperator,
    LatestOnlyOperator,
    ShortCircuitOperator,
)
from daglight.operators.empty import EmptyOperator
from daglight.operators.virtualenv import (
    BranchExternalPythonOperator,
    BranchPythonVirtualenvOperator,
)
from daglight.sensors.base import BaseSensorOperator
from daglight.taskflow_kinds import KINDS

if TYPE_CHECKING:
    from daglight.operator import BaseOperator

__all__ = ["possible"]

_BRANCHES = (
    BaseBranchOperator,
    BranchPythonOperator,
    BranchPythonVirtualenvOperator,
    BranchExternalPythonOperator,
    KINDS["branch"],
)
_SHORT_CIRCUITS = (ShortCircuitOperator, KINDS["short_circuit"])
_TEMPLATE = re.compile(r"{{[^{}]*}}")
_SHELL = frozenset("`$|&;<>(){}\n\\")
_HARMLESS = frozenset(("echo", "date", "sleep", "true", "false", "pwd", "printf", "ls", "mkdir"))
#: How far calls between functions of the user are followed.
_DEPTH = 4


def possible(task: BaseOperator) -> dict[str, Any]:
    """The `possible` of a task in a trace; only what there is.

    `fail`, `skip` and `time_out` are true; `return` lists what the body may return to decide on what follows.
    """
    kind = task.operator_class if task.is_mapped else type(task)
    found: dict[str, Any] = {} if issubclass(kind, EmptyOperator) else {"fail": True}
    if _may_skip(task, kind):
        found["skip"] = True
    if issubclass(kind, BaseSensorOperator):
        found["time_out"] = True
    if ways := _ways(task, kind):
        found["return"] = ways
    return found


def _ways(task: BaseOperator, kind: type[BaseOperator]) -> list[Any]:
    """What the body may return; nothing where a trace of a flow would not show what it was."""
    if task.is_mapped or not task.do_xcom_push or issubclass(kind, LatestOnlyOperator):
        return []
    if issubclass(kind, _SHORT_CIRCUITS):
        return [True, False]
    if issubclass(kind, _BRANCHES):
        return sorted(task.downstream_task_ids)
    return []


def _may_skip(task: BaseOperator, kind: type[BaseOperator]) -> bool:
    """Whether the body can raise AirflowSkipException, as far as its code says."""
    if issubclass(kind, BashOperator):
        codes = _given(task, "skip_on_exit_code", 99) not in (None, ())
        return codes and not _is_harmless(_given(task, "bash_command", None))
    bodies = [_given(task, "python_callable", None), kind.__dict__.get("execute")]
    return any(_names_skips(body, _DEPTH) for body in bodies)


def _is_harmless(command: Any) -> bool:
    """Whether a command is a single one whose manual gives it no exit code above 2."""
    if not isinstance(command, str):
        return False
    text = _TEMPLATE.sub("0", command)
    first = text.split()[0] if text.split() else ""
    return first in _HARMLESS and _SHELL.isdisjoint(text)


def _given(task: BaseOperator, name: str, default: Any) -> Any:
    """An argument of an operator, of a mapped one as well."""
    if task.is_mapped:
        return task.partial_kwargs.get(name, default)  # type: ignore[attr-defined]
    return getattr(task, name, default)


def _names_skips(function: Any, depth: int) -> bool:
    """Whether a function of the user, or one that it calls, names the exception."""
    if not isinstance(function, FunctionType) or not _is_users(function):
        return False
    names = set(_names(function.__code__))
    if "AirflowSkipException" in names:
        return True
    called = (function.__globals__.get(name) for name in names)
    return depth > 0 and any(_names_skips(one, depth - 1) for one in called)


def _is_users(function: FunctionType) -> bool:
    return not os.path.abspath(function.__code__.co_filename).startswith(os.path.dirname(__file__))


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _names(one)
