"""Runs a flow on real Prefect 3 and writes the trace of what it did.

It runs in Prefect's environment, where nothing else of ours is: it imports the standard library and
Prefect only. What the trace holds is in docs/reference/trace.md.
"""

from __future__ import annotations

import argparse
import asyncio
import codecs
import contextlib
import contextvars
import dataclasses
import enum
import importlib
import importlib.util
import inspect
import io
import itertools
import json
import math
import platform
import sys
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any

VERSION = 1
PRINTED = 16 << 20  # characters that a trace holds of what a run prints


class RefusedError(Exception):
    """There is no trace; the message says why."""


# The command line


def prepare(_: str) -> dict[str, Any]:
    """Import Prefect; who we are. Its home and its server are told by variables."""
    prefect = importlib.import_module("prefect")
    for name in ("prefect.flow_engine", "prefect.task_engine", "prefect.client.orchestration"):
        importlib.import_module(name)
    if int(prefect.__version__.split(".")[0]) < 3:
        raise RefusedError(f"expected Prefect 3, found {prefect.__version__}")
    return {"name": "prefect", "version": prefect.__version__, "python": platform.python_version()}


def main(argv: Sequence[str]) -> int:
    """Answer one request in the current folder: 0 when it was answered, 2 with a reason if not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("target", metavar="FILE[:FLOW]")
    parser.add_argument("--out", metavar="TRACE.json")
    parser.add_argument("--parameters", default="{}", metavar="JSON")
    parser.add_argument("--variables", metavar="FILE")
    parser.add_argument("--schedule-from", metavar="JSON")
    parser.add_argument("--inject", default="[]", metavar="JSON")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args(argv)
    out, sys.stdout = sys.stdout, sys.stderr
    try:
        answer = _answer(options)
    except RefusedError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    out.write(answer)
    out.flush()
    return 0


def _answer(options: argparse.Namespace) -> str:
    file, _, wanted = options.target.partition(":")
    flows = flows_in(load(Path(file)))
    if options.list:
        own = offered(flows, Path(file).stem)
        return json.dumps([{"name": f.name, "attribute": a} for a, f in own.items()]) + "\n"
    flow = choose(flows, wanted, file)
    set_variables(options.variables)
    intervals = Intervals()
    intervals.watch()
    inject(json.loads(options.inject))
    trace = run(Path(file), flow, json.loads(options.parameters))
    if options.schedule_from is not None:
        names = [name for name, one in flows.items() if one is flow]
        moments = json.loads(options.schedule_from)
        trace["subject"]["schedule"] = schedule_of(Path(file), names, moments, intervals)
    Path(options.out).write_text(json.dumps(trace, indent=1) + "\n", encoding="utf-8")
    return ""


def inject(injections: list[dict[str, Any]]) -> None:
    """Let go wrong what shall in this run."""
    if not injections:
        return
    file = Path(__file__).with_name("prefect_scenarios.py")
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None or not file.is_file():
        raise RefusedError(f"--inject: expected {file.name} beside this file, found none")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.install(injections)


def load(file: Path) -> Any:
    """The file as a module, with its folder first on the path."""
    path = file.resolve()
    sys.path[:0] = [str(path.parent), str(Path.cwd())]
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise RefusedError(f"expected a Python file, found {file}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise RefusedError(f"{type(error).__name__}: {error}".replace("\n", " ")) from None
    return module


def flows_in(module: Any) -> dict[str, Any]:
    """Attribute -> flow."""
    kind = importlib.import_module("prefect").Flow
    return {name: value for name, value in vars(module).items() if isinstance(value, kind)}


def offered(flows: dict[str, Any], module: str) -> dict[str, Any]:
    """The flows that the file makes, else all, each by its first name."""
    own = {name: flow for name, flow in flows.items() if flow.fn.__module__ == module}
    first: dict[int, str] = {}
    for name, flow in (own or flows).items():
        first.setdefault(id(flow), name)
    return {name: flows[name] for name in first.values()}


def choose(flows: dict[str, Any], wanted: str, file: str) -> Any:
    """The flow of this name or attribute, or the only one."""
    named = {flow.name: flow for flow in flows.values()}
    if wanted:
        found = flows.get(wanted) or named.get(wanted)
        if found is None:
            listed = ", ".join(sorted(named)) or "none"
            raise RefusedError(f"there is no flow {wanted!r} in {file}, which holds: {listed}")
        return found
    own = offered(flows, Path(file).stem)
    if len(own) != 1:
        raise RefusedError(f"expected one flow in {file}, found {len(own)}: say which")
    return next(iter(own.values()))


def set_variables(file: str | None) -> None:
    """Make these the only variables of the server, which is ours alone."""
    values = json.loads(Path(file).read_text(encoding="utf-8")) if file else {}
    orchestration = importlib.import_module("prefect.client.orchestration")
    with orchestration.get_client(sync_client=True) as client:
        for old in client.read_variables():
            client.delete_variable_by_name(old.name)
    variable = importlib.import_module("prefect.variables").Variable
    for name, value in values.items():
        # A name that Prefect does not take is one that the flow cannot ask for either.
        with contextlib.suppress(ValueError):
            variable.set(name, value, overwrite=True)


# Watching

CALL: contextvars.ContextVar[list[Any] | None] = contextvars.ContextVar("call", default=None)
HOOK: contextvars.ContextVar[bool] = contextvars.ContextVar("hook", default=False)
INDICES: contextvars.ContextVar[Iterator[int] | None] = contextvars.ContextVar("indices")


def logs_prints(task: Any) -> bool:
    """What the task says of `log_prints`, else the flow around it."""
    return bool(importlib.import_module("prefect.utilities.engine").should_log_prints(task))


class Watch:
    """What was seen of a run; task runs report from many threads."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.events = itertools.count()
        self.engines: dict[uuid.UUID, Any] = {}
        self.started: dict[uuid.UUID, int] = {}
        self.ended: dict[uuid.UUID, int] = {}
        self.delays: dict[uuid.UUID, list[float]] = {}
        self.parameters: dict[uuid.UUID, dict[str, Any]] = {}
        self.results: dict[uuid.UUID, tuple[dict[str, Any] | None, str | None]] = {}
        self.prints: dict[uuid.UUID | None, list[str]] = {None: []}
        self.unlogged: set[uuid.UUID] = set()
        self.indices: dict[uuid.UUID, int] = {}
        self.callbacks: list[dict[str, Any]] = []
        # Body (flow run or task run) -> task runs that have certainly ended in its eyes.
        self.known: dict[uuid.UUID | None, set[uuid.UUID]] = {}
        self.after: dict[uuid.UUID, set[uuid.UUID]] = {}

    def created(self, run_id: uuid.UUID, known: set[uuid.UUID]) -> None:
        """A task run exists: what had certainly ended before, in the eyes of who created it."""
        with self.lock:
            self.after.setdefault(run_id, known)
            self.known.setdefault(run_id, set(known))

    def seen_by(self, body: uuid.UUID | None) -> set[uuid.UUID]:
        """A copy of what has ended in the eyes of a body."""
        with self.lock:
            return set(self.known.setdefault(body, set()))

    def learn(self, body: uuid.UUID | None, ended: set[uuid.UUID]) -> None:
        """A body has waited for these."""
        with self.lock:
            self.known.setdefault(body, set()).update(ended)

    def note(self, engine: Any, state: Any) -> None:
        """A task run has got a state."""
        run_id = engine.task_run.id
        call = CALL.get()
        if call is not None and call[0] is None:
            call[0] = run_id
            self.created(run_id, call[1])
        with self.lock:
            position = next(self.events)
            self.engines[run_id] = engine
            if state.is_running() and run_id not in self.started:
                self.started[run_id] = position
                values = merged(engine.task, engine.parameters or {})
                self.parameters[run_id] = {key: encode(one) for key, one in values.items()}
                if not logs_prints(engine.task):
                    self.unlogged.add(run_id)
            if state.is_final() or state.name == "NotReady":
                self.ended[run_id] = position
                self.results[run_id] = outcome_values(state)

    def retrying(self, engine: Any, state: Any) -> None:
        """A try has failed and there will be another: note the delay, and take it away."""
        delay = 0.0
        if state.name == "AwaitingRetry":
            delay = asked_delay(engine.task, engine.retries)
            state.state_details.scheduled_time = state.timestamp
        with self.lock:
            self.delays.setdefault(engine.task_run.id, []).append(delay)


WATCH = Watch()


def asked_delay(task: Any, retries: int) -> float:
    """Seconds before the next try; with jitter, what they are on the average."""
    delay = task.retry_delay_seconds
    if isinstance(delay, (list, tuple)):
        return float(delay[min(retries, len(delay) - 1)])
    return float(delay or 0)


def body() -> uuid.UUID | None:
    """The run whose body is being executed here."""
    context = importlib.import_module("prefect.context")
    task_run, flow_run = context.TaskRunContext.get(), context.FlowRunContext.get()
    if task_run is not None and (
        flow_run is None or task_run.task_run.flow_run_id == flow_run.flow_run.id
    ):
        return uuid.UUID(str(task_run.task_run.id))
    return uuid.UUID(str(flow_run.flow_run.id)) if flow_run and flow_run.flow_run else None


def install() -> None:
    """Put the watch into Prefect, and take the waiting between tries out of it."""
    engine = importlib.import_module("prefect.task_engine")
    flow_engine = importlib.import_module("prefect.flow_engine")
    for kind in (engine.SyncTaskRunEngine, engine.AsyncTaskRunEngine):
        _watch_states(kind)
        _watch_hooks(kind, "task")
    for kind in (flow_engine.FlowRunEngine, flow_engine.AsyncFlowRunEngine):
        _watch_hooks(kind, "run")
    _watch_calls()
    _watch_futures()
    # With `log_prints` Prefect would send prints to its log, past our standard output.
    for module in (engine, flow_engine):
        setattr(module, "patch_print", contextlib.nullcontext)  # noqa: B010  # an Any to mypy


def _watch_states(kind: Any) -> None:
    set_state = kind.set_state

    def before(self: Any, state: Any) -> None:
        if state.name == "AwaitingRetry" or (
            state.name == "Retrying" and self.state.name != "AwaitingRetry"
        ):
            WATCH.retrying(self, state)

    def noted(self: Any, state: Any, *args: Any, **kwargs: Any) -> Any:
        before(self, state)
        result = set_state(self, state, *args, **kwargs)
        WATCH.note(self, result)
        return result

    async def noted_async(self: Any, state: Any, *args: Any, **kwargs: Any) -> Any:
        before(self, state)
        result = await set_state(self, state, *args, **kwargs)
        WATCH.note(self, result)
        return result

    kind.set_state = noted_async if inspect.iscoroutinefunction(set_state) else noted


_EVENTS = ("on_running", "on_completion", "on_failure", "on_crashed", "on_cancellation")


def _watch_hooks(kind: Any, scope: str) -> None:
    call_hooks = kind.call_hooks

    def noted(self: Any, state: Any = None) -> Any:
        subject = self.task if scope == "task" else self.flow
        with _wrapped_hooks(subject, scope, getattr(self, "task_run", None)):
            return call_hooks(self, state)

    async def noted_async(self: Any, state: Any = None) -> Any:
        subject = self.task if scope == "task" else self.flow
        with _wrapped_hooks(subject, scope, getattr(self, "task_run", None)):
            return await call_hooks(self, state)

    kind.call_hooks = noted_async if inspect.iscoroutinefunction(call_hooks) else noted


@contextlib.contextmanager
def _wrapped_hooks(subject: Any, scope: str, task_run: Any) -> Iterator[None]:
    """While it is open, the hooks of the subject also tell that they are called."""
    names = [f"{event}_hooks" for event in _EVENTS if getattr(subject, f"{event}_hooks", None)]
    if not names:
        yield
        return
    with WATCH.lock:  # the hooks belong to the task, which may be running several times
        kept = {name: getattr(subject, name) for name in names}
        try:
            for name in names:
                event = name[: -len("_hooks")]
                told = [_telling(hook, scope, subject, event, task_run) for hook in kept[name]]
                setattr(subject, name, told)
            yield
        finally:
            for name, hooks in kept.items():
                setattr(subject, name, hooks)


def _telling(hook: Any, scope: str, subject: Any, event: str, task_run: Any) -> Callable[..., Any]:
    wrapped = getattr(hook, "__wrapped__", hook)
    name = getattr(wrapped, "__name__", None) or getattr(hook, "__name__", type(hook).__name__)
    index = getattr(subject, "__map_index__", -1)

    says = getattr(hook, "__event__", None)

    def told(*args: Any) -> Any:
        called_for = says(args[-1].name) if says else event
        entry = {
            "scope": scope,
            "task_id": subject.name if scope == "task" else None,
            "map_index": WATCH.indices.get(task_run.id, index) if task_run else -1,
            "event": called_for,
            "name": name,
        }
        if called_for is not None:
            WATCH.callbacks.append(entry)
        token = HOOK.set(True)
        try:
            return hook(*args)
        finally:
            HOOK.reset(token)

    return told


def _watch_calls() -> None:
    """Which runs were called directly: such a run has ended when the next line is reached."""
    tasks = importlib.import_module("prefect.tasks")
    call = tasks.Task.__call__

    def called(self: Any, *args: Any, **kwargs: Any) -> Any:
        caller = body()
        found: list[Any] = [None, WATCH.seen_by(caller)]
        token = CALL.set(found)

        def learn() -> None:
            if found[0] is not None:
                WATCH.learn(caller, {found[0]} | WATCH.seen_by(found[0]))

        try:
            result = call(self, *args, **kwargs)
        except BaseException:
            learn()
            raise
        finally:
            CALL.reset(token)
        if inspect.isawaitable(result):
            return _awaited(result, found, learn)
        learn()
        return result

    tasks.Task.__call__ = called
    _watch_submit()


async def _awaited(result: Any, found: list[Any], learn: Callable[[], None]) -> Any:
    token = CALL.set(found)
    try:
        return await result
    finally:
        CALL.reset(token)
        learn()


def _watch_submit() -> None:
    runners = importlib.import_module("prefect.task_runners")
    runner = runners.ThreadPoolTaskRunner
    submit, submit_all = runner.submit, runner.map

    def submitted(self: Any, *args: Any, **kwargs: Any) -> Any:
        known = WATCH.seen_by(body())
        token = CALL.set(None)
        try:
            future = submit(self, *args, **kwargs)
        finally:
            CALL.reset(token)
        WATCH.created(future.task_run_id, known)
        indices = INDICES.get(None)
        if indices is not None:
            WATCH.indices[future.task_run_id] = next(indices)
        return future

    def mapped(self: Any, *args: Any, **kwargs: Any) -> Any:
        token = INDICES.set(itertools.count())
        try:
            return submit_all(self, *args, **kwargs)
        finally:
            INDICES.reset(token)

    runner.submit, runner.map = submitted, mapped


def _watch_futures() -> None:
    """Whose future a body has waited for has ended in its eyes."""
    futures = importlib.import_module("prefect.futures")
    kind = futures.PrefectConcurrentFuture
    wait, result = kind.wait, kind.result

    def waited(self: Any, timeout: float | None = None) -> None:
        wait(self, timeout)
        if self.state.is_final() or self.state.name == "NotReady":
            WATCH.learn(body(), {self.task_run_id} | WATCH.seen_by(self.task_run_id))

    def resulted(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return result(self, *args, **kwargs)
        finally:
            if self.state.is_final() or self.state.name == "NotReady":
                WATCH.learn(body(), {self.task_run_id} | WATCH.seen_by(self.task_run_id))

    kind.wait, kind.result = waited, resulted


class Bytes(io.RawIOBase):
    """`sys.stdout.buffer`: what is written there is printed as well."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, data: Any) -> int:
        """Take a piece of text in bytes."""
        self._text.write(self._decode(bytes(data)))
        return len(data)


class Prints(io.TextIOBase):
    """Standard output that knows which task run a line belongs to."""

    encoding = "utf-8"

    def __init__(self, beside: Any) -> None:
        self._lock = threading.Lock()
        self._open: dict[uuid.UUID | None, str] = {}
        self._beside, self._room = beside, PRINTED
        self.cut: str | None = None

    def writable(self) -> bool:
        """True."""
        return True

    @property
    def buffer(self) -> Any:
        """For what is no text."""
        self._bytes = getattr(self, "_bytes", None) or Bytes(self)
        return self._bytes

    def fileno(self) -> int:
        """Where programs that a body starts write to."""
        return int(self._beside.fileno())

    def write(self, text: str) -> int:
        """Take a piece of text."""
        context = importlib.import_module("prefect.context").TaskRunContext.get()
        key = context.task_run.id if context and not HOOK.get() else None
        with self._lock:
            self._beside.write(text)
            self._room -= len(text)
            if self._room < 0:
                who = f"task {context.task.name}" if context else "the flow"
                self.cut = self.cut or f"{who} printed more than a trace holds, 16 MiB"
                return len(text)
            *lines, self._open[key] = (self._open.get(key, "") + text).split("\n")
            WATCH.prints.setdefault(key, []).extend(lines)
        return len(text)

    def end_lines(self) -> None:
        """Take what was written without a line end for a line."""
        for key, text in self._open.items():
            if text:
                WATCH.prints.setdefault(key, []).append(text)
        self._open.clear()


# The schedule

PROJECT, HELPER = "prefect.yaml", "airflow_compat.run"
RUNS_SHOWN = 10


class Intervals:
    """Which schedule the helper of a converted flow is given, and what its code makes of a start time."""

    def __init__(self) -> None:
        self._helper: Any = sys.modules.get(HELPER)
        self._schedules: list[Any] = []

    def watch(self) -> None:
        """Let the helper's choice of dates tell its schedule; there is nothing to do without one."""
        choose = getattr(self._helper, "choose_dates", None)
        if choose is None or not hasattr(self._helper, "dates_scheduled"):
            return

        def chosen(schedule: Any, *arguments: Any, **named: Any) -> Any:
            self._schedules.append(schedule)
            return choose(schedule, *arguments, **named)

        self._helper.choose_dates = chosen

    def of(self, moments: Sequence[datetime]) -> list[list[str]] | None:
        """Start and end for a run of each moment by schedule; None where the flow asked for no dates."""
        if not self._schedules:
            return None
        found = []
        for moment in moments:
            dates = self._helper.dates_scheduled(self._schedules[0], self._helper.to_utc(moment))
            ends = (dates.start, dates.end)
            found.append([one.astimezone(timezone.utc).isoformat() for one in ends])
        return found


def schedule_of(
    file: Path, names: Sequence[str], moments: Sequence[str], intervals: Intervals
) -> dict[str, Any]:
    """`subject.schedule` of the trace: the deployment whose entrypoint is the flow, by Prefect's rules."""
    if not Path(PROJECT).is_file():
        return {"kind": "unknown", "reason": f"no {PROJECT}"}
    try:
        text = Path(PROJECT).read_text(encoding="utf-8")
        document = importlib.import_module("yaml").safe_load(text) or {}
        found = [one for one in document.get("deployments") or [] if is_of(one, file, names)]
        if len(found) > 1:
            listed = ", ".join(str(one.get("name")) for one in found)
            return {"kind": "unknown", "reason": f"several deployments of the flow: {listed}"}
        return described(found[0] if found else {}, moments, intervals)
    except Exception as error:  # what no deployment can be made of is no schedule either
        reason = f"{PROJECT}: {type(error).__name__}: {error}".replace("\n", " ")
        return {"kind": "unknown", "reason": reason}


def is_of(entry: Any, file: Path, names: Sequence[str]) -> bool:
    """Whether the entrypoint, `file.py:flow` or `module.flow`, names the flow."""
    entrypoint = str(entry.get("entrypoint") or "")
    place, colon, name = entrypoint.rpartition(":")
    if not colon:
        module, _, name = entrypoint.rpartition(".")
        place = module.replace(".", "/") + ".py"
    return name in names and Path(place) == file


def described(entry: Any, moments: Sequence[str], intervals: Intervals) -> dict[str, Any]:
    """What the deployment says."""
    given = entry.get("schedules") or ([entry["schedule"]] if entry.get("schedule") else [])
    active = [one for one in given if one.get("active", True)]
    schedules = [server_schedule(one) for one in active]
    extra = [one["parameters"] for one in active if one.get("parameters")]
    limit = entry.get("concurrency_limit")
    if isinstance(limit, dict) and limit.get("collision_strategy", "ENQUEUE") == "ENQUEUE":
        limit = limit.get("limit")
    return {
        "kind": "time" if given else "none",
        "reason": None,
        "deployment": entry.get("name"),
        "tags": sorted(str(tag) for tag in entry.get("tags") or ()),
        "paused": bool(entry.get("paused")) or (bool(given) and not active),
        "max_active_runs": limit,
        "parameters": encode([*extra, *filter(None, [entry.get("parameters")])]),
        "windows": [window(schedules, moment, intervals) for moment in moments] if given else [],
    }


def server_schedule(given: Any) -> Any:
    """What Prefect's server would plan by; it reads the same fields as `prefect.yaml` has."""
    schemas = importlib.import_module("prefect.server.schemas.schedules")
    zone = {"timezone": given["timezone"]} if given.get("timezone") else {}
    if given.get("cron") is not None:
        days = {"day_or": given["day_or"]} if given.get("day_or") is not None else {}
        return schemas.CronSchedule(cron=given["cron"], **days, **zone)
    if given.get("interval") is not None:
        length = given["interval"]
        seconds = isinstance(length, (int, float))
        anchor = {"anchor_date": given["anchor_date"]} if given.get("anchor_date") else {}
        interval = timedelta(seconds=length) if seconds else length
        return schemas.IntervalSchedule(interval=interval, **anchor, **zone)
    return schemas.RRuleSchedule(rrule=given["rrule"], **zone)


def window(schedules: Sequence[Any], moment: str, intervals: Intervals) -> dict[str, Any]:
    """The first start times from a moment on, of all schedules."""
    since = datetime.fromisoformat(moment)
    found: set[datetime] = set()
    for schedule in schedules:
        dates = asyncio.run(schedule.get_dates(RUNS_SHOWN, since))
        found |= {datetime.fromisoformat(one.isoformat()).astimezone(timezone.utc) for one in dates}
    starts = sorted(found)[:RUNS_SHOWN]
    return {
        "from": moment,
        "start_times": [one.isoformat() for one in starts],
        "intervals": intervals.of(starts),
    }


# The document


def run(file: Path, flow: Any, parameters: dict[str, Any]) -> dict[str, Any]:
    """The trace of one run."""
    install()
    prints = Prints(sys.stderr)
    sys.stdout = prints
    try:
        ended = outcome_of_run(flow(**parameters, return_state=True))
    except BaseException as error:  # a crash is a result, and the trace says so
        ended = {"state": "failed", "reason": f"{type(error).__name__}: {error}"}
    finally:
        sys.stdout = sys.stderr
    prints.end_lines()
    if prints.cut is not None:
        ended = {"state": "incomplete", "reason": prints.cut}
    return document(file, flow, ended)


def outcome_of_run(state: Any) -> dict[str, Any]:
    """How the run ended."""
    if state.is_completed():
        return {"state": "success", "reason": None}
    if not state.is_final() and state.name != "NotReady":
        return {"state": "incomplete", "reason": f"{state.name}: {state.message or ''}"}
    return {"state": "failed", "reason": f"{state.name}: {state.message or ''}".rstrip(": ")}


def document(file: Path, flow: Any, ended: dict[str, Any]) -> dict[str, Any]:
    """The whole trace."""
    prefect = importlib.import_module("prefect")
    ids = in_order(WATCH.engines)
    places = {run_id: place for place, run_id in enumerate(ids)}
    return {
        "version": VERSION,
        "side": "prefect",
        "engine": {
            "name": "prefect",
            "version": prefect.__version__,
            "python": platform.python_version(),
            "emulates": None,
        },
        "subject": {"path": file.name, "name": flow.name},
        "logical_date": None,
        "run": ended,
        "tasks": [entry(run_id, places) for run_id in ids],
        "callbacks": WATCH.callbacks,
    }


def in_order(engines: dict[uuid.UUID, Any]) -> list[uuid.UUID]:
    """The runs as they were made, each behind those it needs.

    Prefect's ids tell when they were made, but not which of two of one millisecond was first.
    """
    made: dict[uuid.UUID, None] = {}

    def make(run_id: uuid.UUID) -> None:
        if run_id in engines and run_id not in made:
            for one in sorted(inputs_of(engines[run_id].task_run)):
                make(one)
            made[run_id] = None

    for run_id in sorted(engines):
        make(run_id)
    return list(made)


def inputs_of(task_run: Any) -> set[uuid.UUID]:
    """The runs whose results a run is given, or that it waits for."""
    given = {name: found for name, found in task_run.task_inputs.items() if name != "__parents__"}
    ids = {getattr(one, "id", None) for found in given.values() for one in found}
    return {one for one in ids if one is not None}


def entry(run_id: uuid.UUID, places: dict[uuid.UUID, int]) -> dict[str, Any]:
    """One task run."""
    engine = WATCH.engines[run_id]
    task, task_run, state = engine.task, engine.task_run, engine.state
    upstream = {places.get(one) for one in inputs_of(task_run)}
    after = {places.get(one) for one in WATCH.after.get(run_id, ())}
    result, error = WATCH.results.get(run_id, (None, None))
    tries = task_run.run_count
    return {
        "task_id": task.name,
        "map_index": WATCH.indices.get(run_id, getattr(task, "__map_index__", -1)),
        "outcome": outcome(state),
        "state": state.name,
        "tries": tries,
        "delays": WATCH.delays.get(run_id, []),
        "xcoms": xcoms(task, *merged(task, engine.parameters or {}).values()),
        "result": result if tries else None,
        "rendered": rendered(task),
        "parameters": WATCH.parameters.get(run_id, {}),
        "upstream": _before(upstream, places[run_id]),
        "after": _before(after, places[run_id]),
        "prints": WATCH.prints.get(run_id, []),
        "calls": [encode(call) for call in getattr(task, "__calls__", ())],
        "started": WATCH.started.get(run_id),
        "ended": WATCH.ended.get(run_id),
        "error": error,
        **({"unlogged": True} if WATCH.prints.get(run_id) and run_id in WATCH.unlogged else {}),
        "options": task_options(task),
    }


def _before(positions: set[int | None], own: int) -> list[int]:
    return sorted(one for one in positions if one is not None and one < own)


def merged(task: Any, parameters: dict[str, Any]) -> dict[str, Any]:
    """The arguments of the body, with those that went into its `**kwargs` beside the others."""
    merged = dict(parameters)
    for name, parameter in inspect.signature(task.fn).parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:
            merged.update(merged.pop(name, {}))
    return merged


def outcome(state: Any) -> str:
    """The outcome as both sides call it."""
    if state.is_completed():
        return "skipped" if state.name == "Skipped" else "success"
    if state.name == "NotReady":
        return "upstream_failed"
    return "failed" if state.is_final() else "none"


def outcome_values(state: Any) -> tuple[dict[str, Any] | None, str | None]:
    """What the body returned and what it raised, encoded while it is still as it was."""
    data = state.data
    found = getattr(data, "result", data)
    if isinstance(found, BaseException) and not state.is_completed():
        return None, f"{type(found).__name__}: {found}"
    if state.is_completed() or found is not None:
        return {"value": encode(found)}, None
    return None, None


def task_options(task: Any) -> dict[str, Any]:
    """What the task was allowed."""
    return {
        "retries": task.retries,
        "retry_delay": encode(task.retry_delay_seconds) or 0,
        "timeout": task.timeout_seconds,
        "trigger_rule": None,
    }


def rendered(task: Any) -> dict[str, Any]:
    """The templated fields of an operator that ran as this task."""
    fields = getattr(task, "__rendered__", {})
    return {str(name): encode(value) for name, value in fields.items()}


def xcoms(*keepers: Any) -> dict[str, Any]:
    """What the task and those arguments that keep XComs have collected by the end of the run."""
    found: dict[str, Any] = {}
    for value in keepers:
        pushed = getattr(value, "__xcoms__", None)
        if isinstance(pushed, dict):
            found.update({str(key): encode(item) for key, item in pushed.items()})
    return found


# Values, as docs/reference/trace.md writes them


def encode(value: Any, depth: int = 0) -> Any:
    """The JSON form of a value; never raises."""
    if isinstance(value, enum.Enum):
        return encode(value.value, depth + 1)
    if value is None or isinstance(value, (bool, int, str)):
        return _plain(value)
    if depth > 50:
        return {"$type": "opaque", "name": "too deep"}
    if isinstance(value, float):
        return value if math.isfinite(value) else {"$type": "float", "value": str(value)}
    if isinstance(value, dict):
        return _encode_dict(value, depth)
    if isinstance(value, (list, tuple)):
        return [encode(item, depth + 1) for item in value]
    if isinstance(value, (set, frozenset)):
        items = [encode(item, depth + 1) for item in value]
        return {"$type": "set", "items": sorted(items, key=_sortable)}
    return _encode_object(value, depth)


def _plain(value: Any) -> Any:
    for kind in (bool, int):
        if isinstance(value, kind):
            return kind(value)
    return str.__str__(value) if isinstance(value, str) else value


def _sortable(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _encode_dict(value: dict[Any, Any], depth: int) -> Any:
    if all(isinstance(key, str) and key != "$type" for key in value):
        return {key: encode(item, depth + 1) for key, item in value.items()}
    pairs = [[encode(key, depth + 1), encode(item, depth + 1)] for key, item in value.items()]
    return {"$type": "dict", "items": pairs}


def _encode_object(value: Any, depth: int) -> Any:
    if isinstance(value, (bytes, bytearray)):
        return {"$type": "bytes", "hex": bytes(value).hex()}
    if isinstance(value, datetime):
        moment = value.astimezone(timezone.utc) if value.tzinfo else value
        return {"$type": "datetime", "value": moment.isoformat()}
    if isinstance(value, (date, time)):
        kind = "date" if isinstance(value, date) else "time"
        return {"$type": kind, "value": value.isoformat()}
    if isinstance(value, timedelta):
        return {"$type": "timedelta", "seconds": value.total_seconds()}
    for name, kinds in (("decimal", Decimal), ("uuid", uuid.UUID), ("path", PurePath)):
        if isinstance(value, kinds):
            return {"$type": name, "value": str(value)}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            one.name: encode(getattr(value, one.name), depth + 1)
            for one in dataclasses.fields(value)
        }
        return {"$type": "dataclass", "name": type(value).__name__, "fields": fields}
    return {"$type": "opaque", "name": type(value).__name__}
