"""The sink that writes what the engine does into the loggers of runs, as Prefect's engine does.

Texts, levels and their order: observed in Prefect 3.8.8. Handlers of flowlight's own are told of
runs by other ways; a record is made only when somebody else listens.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flowlight.events import Event
from flowlight.hooks import hears
from flowlight.runs import FlowRun, TaskRun
from flowlight.states import State, StateType

if TYPE_CHECKING:
    import logging

__all__ = ["EngineLogs", "keep_out"]

_MARK = "of_the_engine"
_FAILED, _CRASHED = StateType.FAILED, StateType.CRASHED


def keep_out(handler: logging.Handler) -> None:
    """The records of this sink are not for this handler."""
    handler.addFilter(lambda record: not getattr(record, _MARK, False))
    setattr(handler, _MARK, True)


class EngineLogs:
    """Called with one event at a time."""

    def __call__(self, event: Event) -> None:
        """Write the records of one event, if it has any."""
        write: Callable[[Event], None] | None = getattr(self, f"_on_{event.kind}", None)
        if write is not None and event.run is not None and "logging" in sys.modules:
            write(event)

    def _on_started(self, event: Event) -> None:
        run = event.run
        if isinstance(run, FlowRun):
            kind = "flow" if run.parent is None else "subflow"
            text = f"Beginning {kind} run {run.name!r} for flow {run.flow.name!r}"
            _write(run.parent or run, "INFO", text)

    def _on_retry(self, event: Event) -> None:
        run, details = event.run, event.details
        if isinstance(run, FlowRun):
            _of_flow(run, details["error"])
            text = "Received non-final state 'AwaitingRetry' when proposing final state 'Failed'"
            _write(run, "INFO", f"{text} and will attempt to run again...")
            return
        seconds = details["seconds"]
        when = f"{seconds} second(s) from now" if seconds else "immediately"
        number = f"{run.run_count}/{run.task.retries}"
        _write(run, "INFO", f"{_failure(run, details['state'])} - Retry {number} will start {when}")

    def _on_state(self, event: Event) -> None:
        run, state = event.run, event.details["state"]
        if state.type is _CRASHED:
            _write(run, "ERROR", f"Crash detected! {state.message}")
        elif state.type is _FAILED and isinstance(run, FlowRun):
            _of_failed_flow(run, state)
        elif state.type is _FAILED:
            _of_failed_task(run, state)

    def _on_hook(self, event: Event) -> None:
        name = _name(event.details["fn"])
        text = f"Running hook {name!r} in response to entering state {event.run.state_name!r}"
        _write(event.run, "INFO", text)

    def _on_hooked(self, event: Event) -> None:
        text = f"Hook {_name(event.details['fn'])!r} finished running successfully"
        _write(event.run, "INFO", text)

    def _on_log(self, event: Event) -> None:
        details = event.details
        text = details.get("message", details["text"])
        _write(event.run, details["level"], text, details.get("error"))

    def _on_ended(self, event: Event) -> None:
        owner = event.run.flow if isinstance(event.run, FlowRun) else event.run.task
        if not hears(owner.hooks, event.details["state"]):
            self._on_heard(event)

    def _on_heard(self, event: Event) -> None:
        """The last of a run: its hooks have been called."""
        run, state = event.run, event.details["state"]
        ended = state.is_final() and not (isinstance(run, FlowRun) and run.run_count == 0)
        if ended or state.name == "NotReady":
            _write(run, _level(run, state), f"Finished in state {state}")


def _level(run: Any, state: State) -> str:
    """An ordinary flow's end is never an error."""
    fine = state.is_completed() or (isinstance(run, FlowRun) and not run.flow.isasync)
    return "INFO" if fine else "ERROR"


def _of_failed_task(run: TaskRun, state: State) -> None:
    retries = run.task.retries
    if run.run_count > retries:
        rest = " - Retries are exhausted" if retries else ""
        _write(run, "ERROR", _failure(run, state) + rest, None if run.returned else state.data)
    if state.name == "TimedOut" and not run.returned:
        _write(run, "ERROR", str(state.message))


def _failure(run: TaskRun, state: State) -> str:
    what = f"state: {state!r}" if run.returned else f"exception: {state.data!r}"
    return f"Task run failed with {what}"


def _of_failed_flow(run: FlowRun, state: State) -> None:
    if state.name == "TimedOut":
        _write(run, "ERROR", str(state.message))
    elif run.run_count and not run.returned:  # no record of a run whose parameters do not fit
        _of_flow(run, state.data)


def _of_flow(run: FlowRun, error: Any) -> None:
    if isinstance(error, BaseException):
        _write(run, "ERROR", f"Encountered exception during execution: {error!r}", error)


def _name(hook: Any) -> str:
    return getattr(hook, "__name__", None) or repr(hook)


def _write(run: Any, level: str, text: str, error: Any = None) -> None:
    """One record, when somebody else than flowlight takes it."""
    import logging  # slow to import; whoever listens has it already

    number = logging.getLevelName(level)
    of_flow = isinstance(run, FlowRun)
    if not _listened_to("prefect.flow_runs" if of_flow else "prefect.task_runs", number):
        return
    from flowlight.logs import flow_run_logger, task_run_logger

    logger = flow_run_logger(run, run.flow) if of_flow else task_run_logger(run, run.task)
    info: Any = isinstance(error, BaseException) and (type(error), error, error.__traceback__)
    logger.log(number, text, exc_info=info, extra={_MARK: True})


def _listened_to(name: str, level: int) -> bool:
    import logging

    logger: logging.Logger | None = logging.getLogger(name)
    if logger is None or not logger.isEnabledFor(level):
        return False
    while logger is not None:
        if any(not hasattr(handler, _MARK) for handler in logger.handlers):
            return True
        logger = logger.parent if logger.propagate else None
    return False
