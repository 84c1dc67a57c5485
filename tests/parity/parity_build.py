"""Small traces for the tests of the checks, written out as the JSON that engines write."""

from __future__ import annotations

from typing import Any

from dagferry.parity.check import Check, Comparison, Files
from dagferry.parity.compare import compare_runs
from dagferry.parity.manifest import Subject, TaskFacts
from dagferry.parity.trace import Trace

_EMPTY: dict[str, Any] = {
    "map_index": -1,
    "outcome": "success",
    "state": "success",
    "tries": 1,
    "delays": [],
    "xcoms": {},
    "result": None,
    "rendered": {},
    "parameters": {},
    "upstream": [],
    "after": [],
    "prints": [],
    "calls": [],
    "started": None,
    "ended": None,
    "error": None,
}
OPTIONS = {"retries": 0, "retry_delay": 300.0, "timeout": None, "trigger_rule": "all_success"}


def dag_task(task_id: str, **changes: Any) -> dict[str, Any]:
    """A task instance that succeeded."""
    options = {**OPTIONS, **changes.pop("options", {})}
    return {**_EMPTY, "task_id": task_id, "options": options, **changes}


def flow_task(task_id: str, **changes: Any) -> dict[str, Any]:
    """A task run that completed and returned null."""
    options = {**OPTIONS, "trigger_rule": None, **changes.pop("options", {})}
    base = {**_EMPTY, "state": "Completed", "result": {"value": None}}
    return {**base, "task_id": task_id, "options": options, **changes}


def never(task_id: str, outcome: str = "skipped", **changes: Any) -> dict[str, Any]:
    """A task instance that Airflow did not start."""
    return dag_task(task_id, outcome=outcome, state=outcome, tries=0, **changes)


def document(side: str, tasks: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """A whole trace document; every task that was tried runs alone, in the order given."""
    timed = [
        {**task, "started": task["started"], "ended": task["ended"]}
        if task["started"] is not None or not task["tries"]
        else {**task, "started": 2 * at, "ended": 2 * at + 1}
        for at, task in enumerate(tasks)
    ]
    base = {
        "version": 1,
        "side": side,
        "engine": {"name": "test", "emulates": "airflow 2"},
        "subject": {"path": "etl.py", "name": "etl"},
        "logical_date": "2024-01-01T00:00:00+00:00",
        "run": {"state": "success", "reason": None},
        "tasks": timed,
        "callbacks": [],
    }
    return {**base, **changes}


def run(state: str) -> dict[str, Any]:
    """The `run` of a document."""
    return {"state": state, "reason": None}


def callback(
    event: str, name: str, task_id: str | None = None, map_index: int = -1
) -> dict[str, Any]:
    """One entry of `callbacks`."""
    scope = "run" if task_id is None else "task"
    return {
        "scope": scope,
        "task_id": task_id,
        "map_index": map_index,
        "event": event,
        "name": name,
    }


def comparison(
    dag: list[dict[str, Any]] | dict[str, Any],
    flow: list[dict[str, Any]] | dict[str, Any],
    *facts: TaskFacts,
    files: Files | None = None,
) -> Comparison:
    """Two runs matched; lists of tasks are runs that succeeded."""
    left = document("airflow", dag) if isinstance(dag, list) else dag
    right = document("prefect", flow) if isinstance(flow, list) else flow
    subject = Subject("etl", "etl.py", "etl.py", "etl", tasks=facts)
    return Comparison.of(Trace.from_json(left), Trace.from_json(right), subject, files or Files())


def check(name: str, *args: Any, **kwargs: Any) -> Check:
    """The answer of one check about two runs."""
    return next(one for one in compare_runs(comparison(*args, **kwargs)) if one.check == name)
