"""Which task the running code belongs to, by what its engine says."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any


def running_task() -> str:
    """`task NAME: ` or nothing; no engine is imported for it."""
    for module, look in _ENGINES.items():
        found = sys.modules.get(module)
        if found is not None:
            with suppress(Exception):
                return f"task {look(found)}: "
    return ""


def _context(module: Any) -> Any:
    return module.TaskRunContext.get().task.name


_ENGINES = {
    "daglight.scope": lambda module: module.scope.contexts[-1]["task"].task_id,
    "flowlight.context": _context,
    "airflow.sdk.definitions.context": lambda module: module.get_current_context()["ti"].task_id,
    "airflow.models.taskinstance": lambda module: module._CURRENT_CONTEXT[-1]["ti"].task_id,
    "prefect.context": _context,
}
