"""Callbacks of tasks and of the run.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/administration-and-
deployment/logging-monitoring/callbacks.html; one that raises is reported and changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from daglight.events import Called, Printed, Sink
from daglight.prints import captured
from daglight.scope import scope

__all__ = ["call_back"]


def call_back(
    callbacks: Any, event: str, context: dict[str, Any], *, sink: Sink, task_id: str | None
) -> None:
    """Call one callback or a list of them; `task_id` is None for those of the run."""
    # Observed: Airflow 2.11.2 calls the members of lists alone.
    several = (list, tuple, set) if scope.airflow_3 else list
    listed = callbacks if isinstance(callbacks, several) else [callbacks] if callbacks else []
    for callback in listed:
        lines: list[str] = []
        with captured(lines.append):
            error = _called(callback, context)
        for line in lines:
            sink(Printed(None, line))
        told = None if error is None else f"{type(error).__name__}: {error}"
        sink(Called(task_id, event, _name(callback), error=told, prints=tuple(lines)))


def _called(callback: Callable[..., Any], context: dict[str, Any]) -> Exception | None:
    scope.reporting.append(context)
    try:
        callback(context)
    except Exception as error:
        logging.getLogger("airflow.task").exception(
            "Error when executing %s callback", _name(callback)
        )
        return error
    finally:
        scope.reporting.pop()
    return None


def _name(callback: Callable[..., Any]) -> str:
    return getattr(callback, "__name__", None) or type(callback).__name__
