"""Run loggers: records that say of which run they are.

https://docs.prefect.io/v3/how-to-guides/workflows/add-logging; names and extra values of records:
observed in Prefect 3.8.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from flowlight.context import FlowRunContext, TaskRunContext
from flowlight.errors import MissingContextError
from flowlight.settings import PREFECT_DEBUG_MODE, PREFECT_LOGGING_LEVEL

if TYPE_CHECKING:
    import logging
    from uuid import UUID

    from flowlight.log_adapter import PrefectLogAdapter

__all__ = [
    "disable_logger",
    "disable_run_logger",
    "flow_run_logger",
    "get_logger",
    "get_run_logger",
    "show_logs",
    "task_run_logger",
]

_FLOW_RUNS = "prefect.flow_runs"
_TASK_RUNS = "prefect.task_runs"
_UNKNOWN = "<unknown>"


def show_logs(out: TextIO) -> None:
    """Write records to `out`, from the level of `PREFECT_LOGGING_LEVEL` (INFO) upwards.

    Libraries and tests leave logging alone.
    """
    import logging  # slow to import, and many flows log nothing

    from flowlight.engine_logs import keep_out

    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    keep_out(handler)
    logger = logging.getLogger("prefect")
    logger.addHandler(handler)
    logger.setLevel(wanted_level())


def wanted_level() -> int:
    """The level of `PREFECT_LOGGING_LEVEL`; `ValueError` for one that logging does not know."""
    import logging  # slow to import, and many flows log nothing

    name = "DEBUG" if PREFECT_DEBUG_MODE.value() else PREFECT_LOGGING_LEVEL.value()
    level: int = logging.getLevelName(name)
    return level


def get_logger(name: str | None = None) -> logging.Logger:
    """A logger under `prefect`."""
    import logging  # slow to import, and many flows log nothing

    if not name:
        return logging.getLogger("prefect")
    return logging.getLogger(name if name.startswith("prefect.") else f"prefect.{name}")


def get_run_logger(context: Any = None, **extra: Any) -> Any:
    """The logger of the task run or flow run around the caller; `extra` goes with every record."""
    task_context, flow_context = TaskRunContext.get(), FlowRunContext.get()
    if isinstance(context, FlowRunContext):
        flow_context = context
    elif isinstance(context, TaskRunContext):
        task_context = context
    elif context:
        raise TypeError(
            f"Received unexpected type {type(context).__name__!r} for context. Expected one of"
            " 'None', 'FlowRunContext', or 'TaskRunContext'."
        )
    flow_run = flow_context.flow_run if flow_context else None
    flow = flow_context.flow if flow_context else None
    if task_context:
        return task_run_logger(task_context.task_run, task_context.task, flow_run, flow, **extra)
    if flow_context:
        return flow_run_logger(flow_run, flow, **extra)
    if get_logger(_FLOW_RUNS).disabled and get_logger(_TASK_RUNS).disabled:
        import logging

        nobody = logging.getLogger("null")
        nobody.disabled = True
        return nobody
    raise MissingContextError("There is no active flow or task run context.")


def flow_run_logger(
    flow_run: Any = None, flow: Any = None, flow_run_id: UUID | None = None, **extra: Any
) -> PrefectLogAdapter:
    """The logger of a flow run; `ValueError` when neither the run nor its id is given."""
    if flow_run is None and flow_run_id is None:
        raise ValueError("Either 'flow_run' or 'flow_run_id' must be provided.")
    facts = {
        "flow_run_name": flow_run.name if flow_run else _UNKNOWN,
        "flow_run_id": str(flow_run.id if flow_run else flow_run_id),
        "flow_name": flow.name if flow else _UNKNOWN,
        "deployment_name": None,
    }
    return _adapter(get_logger(_FLOW_RUNS), {**facts, **extra})


def task_run_logger(
    task_run: Any, task: Any = None, flow_run: Any = None, flow: Any = None, **extra: Any
) -> PrefectLogAdapter:
    """The logger of a task run; the flow run around the caller is taken when none is given."""
    around = FlowRunContext.get()
    flow_run = flow_run or (around.flow_run if around else None)
    flow = flow or (around.flow if around else None)
    facts = {
        "task_run_id": str(task_run.id),
        "flow_run_id": str(task_run.flow_run_id) if task_run.flow_run_id else None,
        "task_run_name": task_run.name,
        "task_name": task.name if task else _UNKNOWN,
        "flow_run_name": flow_run.name if flow_run else _UNKNOWN,
        "flow_name": flow.name if flow else _UNKNOWN,
    }
    return _adapter(get_logger(_TASK_RUNS), {**facts, **extra})


def _adapter(logger: logging.Logger, extra: dict[str, Any]) -> PrefectLogAdapter:
    from flowlight.log_adapter import PrefectLogAdapter

    return PrefectLogAdapter(logger, extra=extra)


@contextmanager
def disable_logger(name: str) -> Iterator[None]:
    """Inside, the logger of this name is silent."""
    import logging

    logger = logging.getLogger(name)
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


@contextmanager
def disable_run_logger() -> Iterator[None]:
    """Inside, run loggers are silent and may be asked for outside of runs."""
    with disable_logger(_FLOW_RUNS), disable_logger(_TASK_RUNS):
        yield
