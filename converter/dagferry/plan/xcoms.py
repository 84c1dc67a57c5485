"""Where the flow has the values that a task pushed: paths into what its Prefect task returns."""

from __future__ import annotations

from dagferry.constructs._registry import constructs
from dagferry.model.function import Function
from dagferry.model.task import Task
from dagferry.model.xcom_keys import RETURN_VALUE

Paths = dict[str, tuple[str, ...]]


def paths(task: Task, function: Function | None, rewritten: bool) -> Paths:
    """XCom key -> path of dict keys into the result of the task run."""
    found = _paths(task, function, rewritten)
    if not task.options.keeps_result:
        found.pop(RETURN_VALUE, None)
    return found


def _paths(task: Task, function: Function | None, rewritten: bool) -> Paths:
    if task.refusal is None and constructs()[task.construct].runs_nothing:
        return {}
    if function is None or not rewritten or not function.pushes:
        return {RETURN_VALUE: ()}
    if len(function.pushes) == 1:
        return {function.pushes[0].key: ()}
    return {push.key: (push.key,) for push in function.pushes}
