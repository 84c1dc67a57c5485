"""Runs flows on real Prefect and writes what they did; started by `real_prefect.py`.

It lives in Prefect's environment, so it imports the standard library and Prefect only. Every line
of standard input is a request, `{"jobs": [...], "out": PATH}`; the answer is written to PATH as a
list with one trace per job, in the format of docs/reference/trace.md, and one line on standard
output says that it is there.
"""

from __future__ import annotations

import contextlib
import dataclasses
import enum
import importlib.util
import inspect
import io
import itertools
import json
import math
import os
import platform
import sys
import threading
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any

import prefect
import prefect.flow_engine
import prefect.task_engine
from prefect.context import TaskRunContext
from prefect.task_engine import SyncTaskRunEngine


class Recorder:
    """Notes every state of every task run, and what each of them printed."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.engines: dict[uuid.UUID, Any] = {}
        self.started: dict[uuid.UUID, int] = {}
        self.ended: dict[uuid.UUID, int] = {}
        self.delays: dict[uuid.UUID, list[float]] = {}
        self.printed: dict[uuid.UUID | None, list[str]] = {None: []}
        self.events = itertools.count()

    def note(self, engine: Any, state: Any) -> None:
        run_id, position = engine.task_run.id, next(self.events)
        self.engines[run_id] = engine
        if state.is_running():
            self.started.setdefault(run_id, position)
        if state.is_final() or state.name == "NotReady":
            self.ended[run_id] = position
        if state.name == "AwaitingRetry":
            wait = state.state_details.scheduled_time - state.timestamp
            self.delays.setdefault(run_id, []).append(round(wait.total_seconds(), 1))


RECORDER = Recorder()


class Prints(io.TextIOBase):
    """Standard output that knows which task run a line belongs to."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[uuid.UUID | None, str] = {}

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        context = TaskRunContext.get()
        key = context.task_run.id if context else None
        with self._lock:
            *lines, self._open[key] = (self._open.get(key, "") + text).split("\n")
            RECORDER.printed.setdefault(key, []).extend(lines)
        return len(text)

    def end_lines(self) -> None:
        """Take what was written without a line end for a line, and start afresh."""
        for key, text in self._open.items():
            if text:
                RECORDER.printed.setdefault(key, []).append(text)
        self._open.clear()


PRINTS = Prints()


def install() -> None:
    """Put the recorder where Prefect sets the states of task runs."""
    set_state = SyncTaskRunEngine.set_state

    def noted(engine: Any, state: Any, force: bool = False) -> Any:
        result = set_state(engine, state, force)
        RECORDER.note(engine, result)
        return result

    SyncTaskRunEngine.set_state = noted
    # With `log_prints` Prefect would send prints to its log, past our standard output.
    prefect.task_engine.patch_print = contextlib.nullcontext
    prefect.flow_engine.patch_print = contextlib.nullcontext
    sys.stdout = PRINTS


@contextlib.contextmanager
def module_of(file: Path) -> Iterator[Any]:
    """The file as a fresh module, with its folder in front of the path while it is used."""
    sys.path.insert(0, str(file.parent))
    before = set(sys.modules)
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(file.parent))
        for name in set(sys.modules) - before | {file.stem}:
            origin = getattr(sys.modules[name], "__file__", None)
            own = origin and Path(origin).is_relative_to(file.parent)
            # Every folder has a helper of its own, also above the file.
            if own or name.partition(".")[0] == "airflow_compat":
                del sys.modules[name]


def flow_in(module: Any, attribute: str | None) -> Any:
    if attribute:
        return getattr(module, attribute)
    flows = {id(v): v for v in vars(module).values() if isinstance(v, prefect.Flow)}
    if len(flows) != 1:
        raise LookupError(f"{module.__name__} holds {len(flows)} flows: say which")
    return next(iter(flows.values()))


def run(job: dict[str, Any]) -> dict[str, Any]:
    """One flow, run once."""
    PRINTS.end_lines()
    RECORDER.clear()
    file = Path(job["file"])
    os.chdir(job.get("cwd") or file.parent)
    with module_of(file) as module:
        flow = flow_in(module, job.get("flow"))
        state = flow(**(job.get("parameters") or {}), return_state=True)
        PRINTS.end_lines()
        return trace(file, flow, state)


def trace(file: Path, flow: Any, state: Any) -> dict[str, Any]:
    ids = sorted(RECORDER.engines)  # Prefect's ids are in the order in which they were made.
    places = {run_id: place for place, run_id in enumerate(ids)}
    return {
        "version": 1,
        "side": "prefect",
        "engine": {
            "name": "prefect",
            "version": prefect.__version__,
            "python": platform.python_version(),
            "emulates": None,
        },
        "subject": {"path": file.name, "name": flow.name},
        "logical_date": None,
        "run": {
            "state": "success" if state.is_completed() else "failed",
            "reason": state.message,
            "name": state.name,
            "type": state.type.value,
            "prints": RECORDER.printed[None],
        },
        "tasks": [task_entry(run_id, places) for run_id in ids],
        "callbacks": [],
    }


def task_entry(run_id: uuid.UUID, places: dict[uuid.UUID, int]) -> dict[str, Any]:
    engine = RECORDER.engines[run_id]
    task, task_run, state = engine.task, engine.task_run, engine.state
    inputs = {k: v for k, v in task_run.task_inputs.items() if k != "__parents__"}
    upstream = {places.get(getattr(i, "id", None)) for found in inputs.values() for i in found}
    parameters = merged(task, engine.parameters or {})
    return {
        "task_id": task.name,
        "map_index": getattr(task, "__map_index__", -1),
        "outcome": outcome(state),
        "state": state.name,
        "tries": task_run.run_count,
        "delays": RECORDER.delays.get(run_id, []),
        "xcoms": xcoms({**parameters, "task": task}),
        "result": result(state),
        "rendered": {n: encode(v) for n, v in getattr(task, "__rendered__", {}).items()},
        "parameters": {name: encode(value) for name, value in parameters.items()},
        "upstream": sorted(upstream - {None}),
        "after": [],
        "prints": RECORDER.printed.get(run_id, []),
        "calls": [encode(call) for call in getattr(task, "__calls__", ())],
        "started": RECORDER.started.get(run_id),
        "ended": RECORDER.ended.get(run_id),
        "error": error(state),
        "options": options(task),
    }


def merged(task: Any, parameters: dict[str, Any]) -> dict[str, Any]:
    """The arguments of the body, with those that went into its `**kwargs` beside the others."""
    merged = dict(parameters)
    for name, parameter in inspect.signature(task.fn).parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:
            merged.update(merged.pop(name, {}))
    return merged


def outcome(state: Any) -> str:
    if state.is_completed():
        return "skipped" if state.name == "Skipped" else "success"
    return "upstream_failed" if state.name == "NotReady" else "failed"


def result(state: Any) -> dict[str, Any] | None:
    if outcome(state) != "success":
        return None
    return {"value": encode(state.result(raise_on_failure=False))}


def error(state: Any) -> str | None:
    if not (state.is_failed() or state.is_crashed()):
        return None
    found = state.result(raise_on_failure=False)
    return f"{type(found).__name__}: {found}"


def options(task: Any) -> dict[str, Any]:
    delay = task.retry_delay_seconds
    return {
        "retries": task.retries,
        "retry_delay": None if callable(delay) else delay,
        "timeout": task.timeout_seconds,
        "trigger_rule": None,
    }


def xcoms(parameters: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for value in parameters.values():
        pushed = getattr(value, "__xcoms__", None)
        if isinstance(pushed, dict):
            found.update({key: encode(item) for key, item in pushed.items()})
    return found


def encode(value: Any, depth: int = 0) -> Any:
    """A value as docs/reference/trace.md writes it."""
    if depth > 50:
        return {"$type": "opaque", "name": "too deep"}
    if isinstance(value, enum.Enum):
        return encode(value.value, depth + 1)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {"$type": "float", "value": str(value)}
    if isinstance(value, (list, tuple)):
        return [encode(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return encode_dict(value, depth)
    if isinstance(value, (set, frozenset)):
        items = sorted((encode(item, depth + 1) for item in value), key=json.dumps)
        return {"$type": "set", "items": items}
    return encode_object(value, depth)


def encode_dict(value: dict[Any, Any], depth: int) -> dict[str, Any]:
    if all(isinstance(key, str) for key in value):
        return {key: encode(item, depth + 1) for key, item in value.items()}
    pairs = [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in value.items()]
    return {"$type": "dict", "items": pairs}


def encode_object(value: Any, depth: int) -> dict[str, Any]:
    if isinstance(value, datetime):
        moment = value.astimezone(timezone.utc) if value.tzinfo else value
        return {"$type": "datetime", "value": moment.isoformat()}
    for kind, types in (("date", date), ("time", time)):
        if isinstance(value, types):
            return {"$type": kind, "value": value.isoformat()}
    if isinstance(value, timedelta):
        return {"$type": "timedelta", "seconds": value.total_seconds()}
    for kind, types in (("decimal", Decimal), ("uuid", uuid.UUID), ("path", PurePath)):
        if isinstance(value, types):
            return {"$type": kind, "value": str(value)}
    if isinstance(value, (bytes, bytearray)):
        return {"$type": "bytes", "hex": value.hex()}
    name = type(value).__name__
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        encoded = {key: encode(item, depth + 1) for key, item in fields.items()}
        return {"$type": "dataclass", "name": name, "fields": encoded}
    return {"$type": "opaque", "name": name}


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """The trace, or why there is none."""
    try:
        return run(job)
    except BaseException as problem:  # a job that ends the process must not end the others
        if isinstance(problem, KeyboardInterrupt):
            raise
        return {"problem": f"{type(problem).__name__}: {problem}"}


def main() -> None:
    """Answer requests until standard input ends."""
    replies = sys.stdout
    install()
    for line in sys.stdin:
        request = json.loads(line)
        traces = [answer(job) for job in request["jobs"]]
        Path(request["out"]).write_text(json.dumps(traces))
        print("done", file=replies, flush=True)


if __name__ == "__main__":
    main()
