"""What may become of a task of real Airflow, and one thing that goes wrong on purpose in its run.

`airflow_recorder.py` loads this file where it stands beside it. Airflow 2.5 to 3; what is asked for is
described with the trace.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import CodeType, FunctionType
from typing import Any

_DEPTH = 4
_SHELL = frozenset("`$|&;<>(){}\n\\")
_HARMLESS = frozenset(("echo", "date", "sleep", "true", "false", "pwd", "printf", "ls", "mkdir"))


def possible(task: Any) -> dict[str, Any]:
    """`fail`, `skip` and `time_out` are true where they may happen; `return` is a list."""
    mapped = getattr(task, "partial_kwargs", None)
    kind = task.operator_class if mapped is not None else type(task)
    names = {one.__name__ for one in getattr(kind, "__mro__", ())}
    found: dict[str, Any] = {} if "EmptyOperator" in names else {"fail": True}
    if _may_skip(task, kind, names):
        found["skip"] = True
    if "BaseSensorOperator" in names:
        found["time_out"] = True
    if mapped is None and task.do_xcom_push and "LatestOnlyOperator" not in names:
        if "ShortCircuitOperator" in names:
            found["return"] = [True, False]
        elif names & {"BranchMixIn", "BaseBranchOperator", "BranchPythonOperator"}:
            found["return"] = sorted(task.downstream_task_ids)
    return found


def inject(injections: Sequence[Mapping[str, Any]], ti: Any, tries: int) -> None:
    """Change the task of a try, which is a copy, where an injection is for it."""
    index = getattr(ti, "map_index", -1)
    for one in injections:
        here = one.get("map_index") in (None, index)
        now = one.get("tries") is None or tries in one["tries"]
        if one["task_id"] == ti.task_id and here and now:
            _change(ti.task, one)


def _change(task: Any, injection: Mapping[str, Any]) -> None:
    attributes: dict[str, Any] = task.__dict__
    do, value = injection["do"], injection.get("value")
    names = {one.__name__ for one in type(task).__mro__}
    if do == "return" and "BaseBranchOperator" in names:
        attributes["choose_branch"] = lambda context: value  # noqa: ARG005 - Airflow's signature
    elif do == "return":
        attributes["execute_callable"] = lambda: value
    else:
        attributes["execute"] = _raising(_error(task, injection))


def _error(task: Any, injection: Mapping[str, Any]) -> Exception:
    exceptions = importlib.import_module("airflow.exceptions")
    if injection["do"] == "skip":
        return exceptions.AirflowSkipException("skipped on purpose")  # type: ignore[no-any-return]
    if injection["do"] == "fail":
        return RuntimeError(f"{injection['task_id']} fails on purpose")
    kind = exceptions.AirflowSkipException if task.soft_fail else exceptions.AirflowSensorTimeout
    passed = f"run duration of {task.timeout} seconds exceeds"
    return kind(  # type: ignore[no-any-return]
        f"Sensor has timed out; {passed} the specified timeout of {task.timeout}."
    )


def _raising(error: Exception) -> Callable[..., Any]:
    def execute(*_: Any, **__: Any) -> Any:
        raise error

    return execute


def _may_skip(task: Any, kind: Any, names: set[str]) -> bool:
    if "BashOperator" in names:
        codes = _given(task, "skip_on_exit_code", 99) not in (None, (), [])
        return codes and not _is_harmless(_given(task, "bash_command", None))
    bodies = [_given(task, "python_callable", None), vars(kind).get("execute")]
    return any(_names_skips(body, _DEPTH) for body in bodies)


def _is_harmless(command: Any) -> bool:
    """Whether a command is a single one whose manual gives it no exit code above 2."""
    if not isinstance(command, str):
        return False
    with suppress(ValueError):
        while "{{" in command:
            start = command.index("{{")
            command = f"{command[:start]}0{command[command.index('}}', start) + 2 :]}"
    first = command.split()[0] if command.split() else ""
    return first in _HARMLESS and _SHELL.isdisjoint(command)


def _given(task: Any, name: str, default: Any) -> Any:
    """An argument of an operator, of a mapped one as well."""
    mapped = getattr(task, "partial_kwargs", None)
    return getattr(task, name, default) if mapped is None else mapped.get(name, default)


def _names_skips(function: Any, depth: int) -> bool:
    """Whether a function of the user, or one that it calls, names the exception."""
    if not isinstance(function, FunctionType) or function.__module__.startswith("airflow."):
        return False
    names = set(_names(function.__code__))
    if "AirflowSkipException" in names:
        return True
    called = [function.__globals__.get(name) for name in names]
    return depth > 0 and any(_names_skips(one, depth - 1) for one in called)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _names(one)
