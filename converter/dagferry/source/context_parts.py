"""The parts of the context's objects that a flow has as well: `ti.task.task_id`, `dag_run.conf`.

`tests/compat/test_context_parts.py` holds the table against the helper that flows use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Union

# A part that has None may have any parts of its own.
Parts = Mapping[str, Union["Parts", None]]


def _any(names: Iterable[str]) -> dict[str, Parts | None]:
    return dict.fromkeys(names)


# In Airflow these are pendulum's, which have more methods than Python's own.
_DATE: Parts = _any(name for name in dir(datetime) if not name.startswith("_"))
_DATES = (
    "logical_date",
    "execution_date",
    "data_interval_start",
    "data_interval_end",
    "prev_execution_date",
    "next_execution_date",
)
_TASK: Parts = _any(["task_id", "dag_id"])
_DAG: Parts = _any(["dag_id"])
_DAG_RUN: Parts = {
    **_any(["conf", "dag_id", "run_id", "run_type"]),
    **dict.fromkeys(_DATES[:4], _DATE),
}
_INSTANCE: Parts = {
    **_any(["dag_id", "map_index", "run_id", "state", "task_id", "try_number"]),
    **_any(["xcom_pull", "xcom_push"]),
    **dict.fromkeys(_DATES[:2], _DATE),
    "dag_run": _DAG_RUN,
    "task": _TASK,
}
_MACROS: Parts = _any(
    ["dateutil", "datetime", "ds_add", "ds_format", "json", "random", "time", "timedelta", "uuid"]
)
CONTEXT_PARTS: Parts = {
    **dict.fromkeys(_DATES, _DATE),
    "dag": _DAG,
    "dag_run": _DAG_RUN,
    "macros": _MACROS,
    "task": _TASK,
    "task_instance": _INSTANCE,
    "ti": _INSTANCE,
    "var": _any(["json", "value"]),
}


def lacking_part(path: Sequence[str]) -> str | None:
    """The first part on the way that no flow has: of `("ti", "task", "owner")`, `ti.task.owner`."""
    parts: Parts | None = CONTEXT_PARTS
    for depth, name in enumerate(path):
        if parts is None:
            return None
        if name not in parts:
            return ".".join(path[: depth + 1]) if depth else None
        parts = parts[name]
    return None
