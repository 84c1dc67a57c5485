"""One try of one task instance: render, call back, execute, push, and what follows.

Order of the steps observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from daglight.alarm import time_limit
from daglight.asset_events import report_assets
from daglight.callbacks import call_back
from daglight.context import build_context
from daglight.events import Ended, Event, Printed, Rendered, Sink, Started
from daglight.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowRescheduleException,
    AirflowSensorTimeout,
    AirflowSkipException,
    AirflowTaskTimeout,
    DownstreamTasksSkipped,
)
from daglight.instance import TaskInstance
from daglight.mapped_instance import check_mappable, name_instance, render_instance
from daglight.prints import captured
from daglight.retry import delay_after
from daglight.scope import scope
from daglight.states import Progress, advance
from daglight.templates import Renderer
from daglight.xcom_arg import RETURN_KEY

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from daglight.operator import BaseOperator

__all__ = ["attempt"]

_FINAL = (AirflowFailException, AirflowSensorTimeout)
_UNLIMITED = nullcontext()
#: What a class may have to say about its copies.
_COPYING = (
    "__copy__",
    "__reduce__",
    "__reduce_ex__",
    "__getstate__",
    "__setstate__",
    "__slots__",
    "__new__",
)


def attempt(ti: TaskInstance, renderer: Renderer, sink: Sink) -> Progress:
    """Run the next try of the instance; how far it is then."""
    ti.progress = advance(ti.progress, "start")
    sink(Started(ti.task_id, ti.try_number, map_index=ti.map_index))
    original, ti.task = ti.task, _copied(ti.task)
    context: dict[str, Any] = {"ti": ti, "task": ti.task}
    scope.contexts.append(context)
    error: BaseException | None = None
    try:
        context.update(build_context(ti, ti.record, version=scope.version))
        _work(ti, context, renderer, sink)
    except (Exception, SystemExit) as raised:
        error = raised
    except BaseException as raised:
        if type(raised).__name__ not in ("AirflowTaskTimeout", "AirflowTaskTerminated"):
            raise
        error = raised
    try:
        _settle(ti, context, error, sink)
    finally:
        scope.contexts.pop()
        ti.task = original
    return ti.progress


def _copied(task: BaseOperator) -> BaseOperator:
    """What `copy.copy` gives, sooner for a class that says nothing about copies."""
    if not _copies_plainly(type(task)):
        return copy.copy(task)
    made = object.__new__(type(task))
    made.__dict__.update(task.__dict__)
    return made


@cache
def _copies_plainly(kind: type) -> bool:
    return all(getattr(kind, name, None) is getattr(object, name, None) for name in _COPYING)


def _work(ti: TaskInstance, context: dict[str, Any], renderer: Renderer, sink: Sink) -> None:
    with captured(lambda line: sink(Printed(ti.task_id, line, map_index=ti.map_index))):
        rendered = render_instance(ti, context, renderer)
        task = ti.task
        sink(Rendered(ti.task_id, rendered, map_index=ti.map_index))
        task.pre_execute(context)
        _call_back(ti, "on_execute", context, sink)
        result = _run_body(ti, context, renderer, sink)
        if scope.airflow_3:
            # Observed in Airflow 3.3.2: before the result is stored, and without it.
            task.post_execute(context)
        _push_result(ti, result)
        if not scope.airflow_3:
            task.post_execute(context, result)
        report_assets(ti, context, sink)


def _run_body(ti: TaskInstance, context: dict[str, Any], renderer: Renderer, sink: Sink) -> Any:
    try:
        with _limit(ti.task):
            result = _execute(ti.task, context)
    except AirflowTaskTimeout:
        ti.task.on_kill()
        raise
    except Exception:
        with suppress(Exception):
            name_instance(ti, context, renderer, sink)
        raise
    name_instance(ti, context, renderer, sink)
    return result


def _limit(task: Any) -> AbstractContextManager[None]:
    return _UNLIMITED if task.execution_timeout is None else time_limit(task.execution_timeout)


def _execute(task: Any, context: dict[str, Any]) -> Any:
    """The result; in Airflow 2.11.2, leaving with exit code 0 counts as returning nothing."""
    try:
        return task.execute(context)
    except DownstreamTasksSkipped:
        return None
    except SystemExit as leaving:
        if scope.airflow_3:
            raise AirflowException(f"Task failed with SystemExit: {leaving.code}") from leaving
        if leaving.code not in (None, 0):
            raise AirflowException(f"Task failed due to SystemExit({leaving.code})") from leaving
        return None


def _push_result(ti: TaskInstance, result: Any) -> None:
    result = result if ti.task.do_xcom_push else None
    check_mappable(ti, result)
    if result is None:
        return
    if ti.task.multiple_outputs:
        _push_each(ti, result)
    ti.xcom_push(RETURN_KEY, result)


def _push_each(ti: TaskInstance, result: Any) -> None:
    if not isinstance(result, Mapping):
        raise AirflowException(
            f"Returned output was type {type(result)} expected dictionary for multiple_outputs"
        )
    for key in result:
        if not isinstance(key, str):
            raise AirflowException(
                "Returned dictionary keys must be strings when using "
                f"multiple_outputs, found {key} ({type(key)}) instead"
            )
    for key, value in result.items():
        ti.xcom_push(key, value)


def _settle(
    ti: TaskInstance, context: dict[str, Any], error: BaseException | None, sink: Sink
) -> None:
    """Decide the state, tell the sink, call back."""
    if error is None:
        _end(ti, "succeed", None, context, sink)
    elif isinstance(error, AirflowSkipException):
        _end(ti, "skip", error, context, sink)
    elif isinstance(error, AirflowRescheduleException):
        ti.progress = advance(ti.progress, "reschedule")
    elif isinstance(error, _FINAL) or ti.try_number > ti.task.retries:
        _end(ti, "fail", error, context, sink)
    else:
        _end(ti, "retry", error, context, sink)


_CALLBACKS = {
    "succeed": "on_success",
    "skip": "on_skipped",
    "fail": "on_failure",
    "retry": "on_retry",
}


def _end(
    ti: TaskInstance, event: str, error: BaseException | None, context: dict[str, Any], sink: Sink
) -> None:
    delay = delay_after(ti.task, ti.try_number, _moment(ti)) if event == "retry" else None
    ti.progress = advance(ti.progress, event, delay=delay)
    sink(Ended(ti.task_id, ti.progress, _words(error), map_index=ti.map_index))
    failed = event in ("fail", "retry")
    if failed or scope.airflow_3:
        context["exception"] = _seen(error) if failed else None
    for name in _called(event):
        _call_back(ti, name, context, sink)


def _call_back(ti: TaskInstance, name: str, context: dict[str, Any], sink: Sink) -> None:
    """Call the task's callbacks of that name; what they tell is told with the map index."""
    callbacks = getattr(ti.task, f"{name}_callback")
    if not callbacks:
        return

    def indexed(event: Event) -> None:
        sink(event._replace(map_index=ti.map_index))

    call_back(callbacks, name, context, sink=indexed, task_id=ti.task_id)


def _called(event: str) -> list[str]:
    """Observed: on a skip, Airflow 2.11.2 calls `on_success` too, Airflow 3.3.2 does not."""
    if event == "skip" and not scope.airflow_3:
        return ["on_skipped", "on_success"]
    return [_CALLBACKS[event]]


def _moment(ti: TaskInstance) -> datetime:
    return ti.record.logical_date


def _seen(error: BaseException | None) -> BaseException | str | None:
    """What callbacks get: for a body that left with `sys.exit`, Airflow 2.11.2 has a text."""
    if error is None or not isinstance(error.__cause__, SystemExit):
        return error
    return error.__cause__ if scope.airflow_3 else str(error)


def _words(error: BaseException | None) -> str | None:
    if error is None:
        return None
    return f"{type(error).__name__}: {error}"
