"""The document that a recorder's entries make: `docs/reference/trace.md` explains the keys."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Any

from flowlight import __version__
from flowlight.encode import encode
from flowlight.errors import NotSupported
from flowlight.states import State
from flowlight.surface import VERSION
from flowlight.trace.record import Entry, Recorder, index_of

__all__ = ["document"]


def document(path: Path, name: str, final: State, recorder: Recorder) -> dict[str, Any]:
    """The whole trace of one flow run that ended in the state `final`."""
    return {
        "version": 1,
        "side": "prefect",
        "engine": {
            "name": "flowlight",
            "version": __version__,
            "python": platform.python_version(),
            "emulates": f"prefect {VERSION}",
        },
        "subject": {"path": path.name, "name": name},
        "logical_date": None,
        "run": _run(final),
        "tasks": [_task(entry) for entry in recorder.entries],
        "callbacks": [_callback(one) for one in recorder.callbacks],
    }


def _run(final: State) -> dict[str, Any]:
    if final.is_completed():
        return {"state": "success", "reason": None}
    missing = isinstance(final.data, NotSupported)
    return {
        "state": "incomplete" if missing else "failed",
        "reason": f"{final.name}: {final.message or ''}".rstrip(": "),
    }


def _task(entry: Entry) -> dict[str, Any]:
    run, task = entry.run, entry.run.task
    return {
        "task_id": task.name,
        "map_index": index_of(run),
        "outcome": _outcome(entry.state),
        "state": run.state_name,
        "tries": run.run_count,
        "delays": entry.delays,
        "xcoms": _xcoms(task, *run.parameters.values()),
        "result": entry.result,
        "rendered": _rendered(task),
        "parameters": entry.parameters,
        "upstream": entry.upstream,
        "after": entry.after,
        "prints": _lines("".join(entry.printed)),
        "calls": [encode(call) for call in getattr(task, "__calls__", ())],
        "started": entry.started,
        "ended": entry.ended,
        "error": entry.error,
        "errors": entry.errors,
        **({"unlogged": True} if entry.printed and not entry.logged else {}),
        "options": {
            "retries": task.retries,
            "retry_delay": encode(task.retry_delay_seconds),
            "timeout": task.timeout_seconds,
            "trigger_rule": None,
        },
    }


def _callback(called: dict[str, Any]) -> dict[str, Any]:
    """A callback, with what its hook raised and printed."""
    call = called["call"]
    told = None if call.error is None else f"{type(call.error).__name__}: {call.error}"
    shown = {name: value for name, value in called.items() if name != "call"}
    return {**shown, "error": told, "prints": _lines("".join(call.printed))}


def _outcome(state: State | None) -> str:
    if state is None:
        return "none"
    if state.is_completed():
        return "skipped" if state.name == "Skipped" else "success"
    if state.name == "NotReady":
        return "upstream_failed"
    return "failed" if state.is_final() else "none"


def _lines(printed: str) -> list[str]:
    """Only a line feed ends a line, for the other engines as well."""
    *whole, rest = printed.split("\n")
    return [*whole, rest] if rest else whole


def _rendered(task: Any) -> dict[str, Any]:
    """The templated fields of an operator that ran as this task."""
    fields = getattr(task, "__rendered__", {})
    return {str(name): encode(value) for name, value in fields.items()}


def _xcoms(*keepers: Any) -> dict[str, Any]:
    """What the task and those arguments that keep XComs have collected by the end of the run."""
    found: dict[str, Any] = {}
    for value in keepers:
        xcoms = getattr(value, "__xcoms__", None)
        if isinstance(xcoms, dict):
            found.update(xcoms)
    return {str(key): encode(value) for key, value in found.items()}
