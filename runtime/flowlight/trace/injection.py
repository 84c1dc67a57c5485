"""Lets one thing go wrong in a run: a task fails, is skipped, times out or returns something else.

What is asked for is described in `docs/reference/trace.md`. The body of the task does not run then; all
around it does: retries, hooks, what the graph makes of the end.
"""

from __future__ import annotations

import copy
import functools
import inspect
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from flowlight.events import Event
from flowlight.loading import UserError
from flowlight.named_states import Completed
from flowlight.runs import TaskRun
from flowlight.trace.record import index_of

__all__ = ["Injection", "Injector", "injecting_into_operators", "read_injections"]

_KINDS = ("fail", "skip", "time_out", "return")
#: The module of `airflow_compat` whose own functions stand for bodies that do not run.
_STANDING_IN = "airflow_compat.task_runs"
#: Modules of `airflow_compat` whose functions turn AirflowSkipException into a skipped run.
_SKIPPING = ("airflow_compat.exceptions", "airflow_compat.sensor_tasks")


class Injection(NamedTuple):
    """What happens in place of the body of a task. None for `map_index` and `tries`: in each of them."""

    task_id: str
    do: str
    value: Any = None
    map_index: int | None = None
    tries: list[int] | None = None

    def error(self) -> Exception:
        """What a failing body raises."""
        return RuntimeError(f"{self.task_id} fails on purpose")


def read_injections(text: str) -> tuple[Injection, ...]:
    """The injections of the command line. Raises UserError for what is none."""
    try:
        found = tuple(Injection(**one) for one in json.loads(text))
    except (TypeError, ValueError) as error:
        raise UserError(f"--inject: expected a JSON list of injections ({error})") from None
    unknown = [one.do for one in found if one.do not in _KINDS]
    if unknown:
        raise UserError(f"--inject: do: expected one of {', '.join(_KINDS)}, found {unknown[0]!r}")
    return found


#: What happens in place of the body that runs in this context.
_now: ContextVar[Injection | None] = ContextVar("flowlight_injection", default=None)


class Injector:
    """A sink that gives each task run which is asked for a changed copy of its task."""

    def __init__(self, injections: Iterable[Injection]) -> None:
        self._injections = tuple(injections)
        self._counts: dict[str, int] = {}

    def __call__(self, event: Event) -> None:
        """Change a run when it is created."""
        run = event.run
        if event.kind != "created" or not isinstance(run, TaskRun):
            return
        name = str(run.task.name)
        if _stands_in(run.task.fn):
            return
        count = self._counts[name] = self._counts.get(name, -1) + 1
        index = index_of(run)
        places = (None, index if index >= 0 else count)
        found = [o for o in self._injections if o.task_id == name and o.map_index in places]
        if found:
            run.task = _changed(run, found)


def _stands_in(fn: Any) -> bool:
    """Whether no body of the user would run: a skip, or a failure, was decided before."""
    code = getattr(inspect.unwrap(fn), "__code__", None)
    return code is not None and code.co_filename in _files_of([_STANDING_IN])


def _changed(run: TaskRun, injections: list[Injection]) -> Any:
    task = copy.copy(run.task)
    fn = task.fn

    def chosen() -> Injection | None:
        fits = (o for o in injections if o.tries is None or run.run_count in o.tries)
        return next(fits, None)

    if inspect.iscoroutinefunction(fn):

        @functools.wraps(fn)
        async def later(*args: Any, **kwargs: Any) -> Any:
            with _current(chosen()) as injection:
                if injection is None or _is_inside(run, injection):
                    return await fn(*args, **kwargs)
                return _result(injection, fn)

        task.fn = later
        return task

    @functools.wraps(fn)
    def body(*args: Any, **kwargs: Any) -> Any:
        with _current(chosen()) as injection:
            if injection is None or _is_inside(run, injection):
                return fn(*args, **kwargs)
            return _result(injection, fn)

    task.fn = body
    return task


@contextmanager
def _current(injection: Injection | None) -> Iterator[Injection | None]:
    token = _now.set(injection)
    try:
        yield injection
    finally:
        _now.reset(token)


def _is_inside(run: TaskRun, injection: Injection) -> bool:
    """Whether it happens further in: an operator renders first, a sensor has to give up by itself."""
    return hasattr(run.task, "__rendered__") or injection.do == "time_out"


def _result(injection: Injection, fn: Callable[..., Any]) -> Any:
    if injection.do == "return":
        return injection.value
    if injection.do == "skip" and _can_skip(fn):
        return Completed(name="Skipped", message="skipped on purpose")
    raise injection.error()


def _can_skip(fn: Any) -> bool:
    """Whether a function around the body makes a skipped run of AirflowSkipException."""
    while fn is not None:
        code = getattr(fn, "__code__", None)
        if code is not None and code.co_filename in _files_of(_SKIPPING):
            return True
        fn = getattr(fn, "__wrapped__", None)
    return False


def _files_of(names: Iterable[str]) -> set[str | None]:
    return {getattr(sys.modules.get(name), "__file__", None) for name in names}


def injecting_into_operators() -> None:
    """Let injections reach the operators and sensors of `airflow_compat`, where a flow has it.

    It changes that module's functions in this process, which runs nothing else.
    """
    runs = sys.modules.get("airflow_compat.operator_runs")
    if runs is not None:
        render = runs.render_fields

        def render_fields(operator: Any, *args: Any) -> Any:
            fields = render(operator, *args)
            _change(operator)
            return fields

        runs.render_fields = render_fields  # type: ignore[attr-defined]
    tasks = sys.modules.get("airflow_compat.sensor_tasks")
    if tasks is not None:
        execute = tasks.Asking.execute

        def asking(sensor: Any, context: Any) -> Any:
            _change(sensor)
            return execute(sensor, context)

        tasks.Asking.execute = asking


def _change(operator: Any) -> None:
    """Let the injection of the run happen in place of what the operator does."""
    injection = _now.get()
    if injection is None:
        return
    if injection.do == "time_out":
        operator.poke = lambda context: False  # noqa: ARG005 - Airflow's signature
        # All of the time has passed behind the first poke.
        operator._wait = lambda interval: operator._not_waited.append(operator.timeout + 1)  # noqa: ARG005
        return

    def execute(context: Any) -> Any:  # noqa: ARG001 - Airflow's signature
        if injection.do == "return":
            return injection.value
        if injection.do == "skip":
            raise sys.modules["airflow_compat.exceptions"].AirflowSkipException("on purpose")
        raise injection.error()

    operator.execute = execute
