"""One try of one task instance: render, call back, execute, push, and what follows.

Order of the steps observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

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
from daglight.injection import inject
from daglight.instance import TaskInstance
from daglight.mapped_instance import check_mappable, name_instance, render_instance
from daglight.prints import captured
from daglight.retry import delay_after
from daglight.scope import scope
from daglight.states import Progress, advance
from daglight.task_copies import copied
from daglight.templates import Renderer
from daglight.xcom_arg import RETURN_KEY

__all__ = ["attempt"]

_FINAL = (AirflowFailException, AirflowSensorTimeout)


def attempt(ti: TaskInstance, renderer: Renderer, sink: Sink) -> Progress:
    """Run the next try of the instance; how far it is then."""
    ti.progress = advance(ti.progress, "start")
    sink(Started(ti.task_id, ti.progress.tries, ti.map_index))
    original, ti.task = ti.task, copied(ti.task)
    context, error = _context(ti)
    scope.contexts.append(context)
    try:
        if error is None:
            error = _tried(ti, context, renderer, sink)
        _settle(ti, context, error, sink)
    finally:
        scope.contexts.pop()
        ti.task = original
    return ti.progress


def _context(ti: TaskInstance) -> tuple[dict[str, Any], BaseException | None]:
    """The context; one that can not be made is a failure of the try, whose callbacks have a part."""
    try:
        return build_context(ti, ti.record), None
    except Exception as error:
        return {"ti": ti, "task": ti.task}, error


def _tried(
    ti: TaskInstance, context: dict[str, Any], renderer: Renderer, sink: Sink
) -> BaseException | None:
    """What ended the try early; errors that are not a task's own go on."""
    try:
        _work(ti, context, renderer, sink)
    except (Exception, SystemExit) as raised:
        return raised
    except BaseException as raised:
        if type(raised).__name__ not in ("AirflowTaskTimeout", "AirflowTaskTerminated"):
            raise
        return raised
    return None


def _work(ti: TaskInstance, context: dict[str, Any], renderer: Renderer, sink: Sink) -> None:
    with captured(lambda line: sink(Printed(ti.task_id, line, map_index=ti.map_index))):
        rendered = render_instance(ti, context, renderer)
        task = ti.task
        sink(Rendered(ti.task_id, rendered, ti.map_index))
        inject(scope.injections, ti)
        task.pre_execute(context)
        if task.on_execute_callback:
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
        result = _limited(ti.task, context)
    except AirflowTaskTimeout:
        ti.task.on_kill()
        raise
    except Exception:
        with suppress(Exception):
            name_instance(ti, context, renderer, sink)
        raise
    name_instance(ti, context, renderer, sink)
    return result


def _limited(task: Any, context: dict[str, Any]) -> Any:
    if task.execution_timeout is None:
        return _execute(task, context)
    with time_limit(task.execution_timeout):
        return _execute(task, context)


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
    delay = (
        delay_after(ti.task, ti.try_number, ti.record.logical_date) if event == "retry" else None
    )
    ti.progress = advance(ti.progress, event, delay=delay)
    sink(Ended(ti.task_id, ti.progress, _words(error), ti.map_index))
    failed = event in ("fail", "retry")
    if failed or scope.airflow_3:
        context["exception"] = _seen(error) if failed else None
    for name in _called(event):
        _call_back(ti, name, context, sink)


def _call_back(ti: TaskInstance, name: str, context: dict[str, Any], sink: Sink) -> None:
    """Call the task's callbacks of that name; what they tell is told with the map index."""
    callbacks = getattr(ti.task, f"{name}_callback")
    if not callbacks or _unreachable(ti, name, callbacks):
        return

    def indexed(event: Event) -> None:
        sink(event._replace(map_index=ti.map_index))

    call_back(callbacks, name, context, sink=indexed, task_id=ti.task_id)


def _unreachable(ti: TaskInstance, name: str, callbacks: Any) -> bool:
    """Whether Airflow does not come to call them, as what the task is mapped over could not be read.

    Observed: 2.11.2 has no operator then whose failure it could tell; 3.3.2 takes lists only, which
    `Operator.partial` makes of a single one and `@task` does not.
    """
    if not ti.task.is_mapped:
        return False
    if scope.airflow_3:
        single = not isinstance(callbacks, (list, tuple))
        return single and ti.task.is_decorated  # type: ignore[attr-defined]
    return name in ("on_failure", "on_retry")


def _called(event: str) -> list[str]:
    """Observed: on a skip, Airflow 2.11.2 calls `on_success` too, Airflow 3.3.2 does not."""
    if event == "skip" and not scope.airflow_3:
        return ["on_skipped", "on_success"]
    return [_CALLBACKS[event]]


def _seen(error: BaseException | None) -> BaseException | str | None:
    """What callbacks get: for a body that left with `sys.exit`, Airflow 2.11.2 has a text."""
    if error is None or not isinstance(error.__cause__, SystemExit):
        return error
    return error.__cause__ if scope.airflow_3 else str(error)


def _words(error: BaseException | None) -> str | None:
    if error is None:
        return None
    return f"{type(error).__name__}: {error}"
