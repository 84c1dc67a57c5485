"""flowlight: Prefect's API in one process, with no server, no database and no network."""

from __future__ import annotations

from flowlight.annotations import allow_failure, unmapped
from flowlight.context import tags
from flowlight.flows import Flow, flow
from flowlight.logs import get_run_logger
from flowlight.states import State
from flowlight.tasks import Task, task

__all__ = [
    "Flow",
    "State",
    "Task",
    "allow_failure",
    "flow",
    "get_run_logger",
    "tags",
    "task",
    "unmapped",
]

__version__ = "0.1.0"
