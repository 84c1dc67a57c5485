"""Run loggers, and `log_prints`: what a body prints goes to its run's logger.

https://docs.prefect.io/v3/how-to-guides/workflows/add-logging
"""

from __future__ import annotations

import logging
from typing import Any, TextIO

from flowlight.context import FlowRunContext, TaskRunContext
from flowlight.errors import MissingContextError

__all__ = ["get_logger", "get_run_logger", "show_logs"]


def show_logs(out: TextIO) -> None:
    """Write records of level INFO and above to `out`; libraries and tests leave logging alone."""
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("prefect")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


def get_logger(name: str | None = None) -> logging.Logger:
    """A logger under `prefect`."""
    if name is None or name == "prefect" or name.startswith("prefect."):
        return logging.getLogger(name or "prefect")
    return logging.getLogger(f"prefect.{name}")


def get_run_logger(context: Any = None, **extra: Any) -> logging.LoggerAdapter[logging.Logger]:
    """The logger of the task run or flow run around the caller; `extra` goes with every record."""
    context = context or TaskRunContext.get() or FlowRunContext.get()
    if isinstance(context, TaskRunContext):
        logger, run = get_logger("task_runs"), context.task_run
        extra = {"task_run_name": run.name, "task_run_id": str(run.id), **extra}
    elif isinstance(context, FlowRunContext):
        logger, flow_run = get_logger("flow_runs"), context.flow_run
        extra = {"flow_run_name": flow_run.name, "flow_run_id": str(flow_run.id), **extra}
    else:
        raise MissingContextError("There is no active flow or task run context.")
    return logging.LoggerAdapter(logger, extra=extra)
