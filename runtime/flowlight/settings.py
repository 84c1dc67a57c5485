"""Prefect's settings that flowlight honours, from the environment; read where they are asked for.

https://docs.prefect.io/v3/api-ref/settings-ref. Profiles and `prefect.toml` are not read.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

__all__ = ["most_workers", "setting"]

_NAMES = {
    "flow retries": ("PREFECT_FLOWS_DEFAULT_RETRIES", "PREFECT_FLOW_DEFAULT_RETRIES"),
    "flow delay": (
        "PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS",
        "PREFECT_FLOW_DEFAULT_RETRY_DELAY_SECONDS",
    ),
    "task retries": ("PREFECT_TASKS_DEFAULT_RETRIES", "PREFECT_TASK_DEFAULT_RETRIES"),
    "task delay": (
        "PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS",
        "PREFECT_TASK_DEFAULT_RETRY_DELAY_SECONDS",
    ),
    "thread workers": (
        "PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS",
        "PREFECT_TASK_RUNNER_THREAD_POOL_MAX_WORKERS",
    ),
    "process workers": ("PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS",),
}


def setting(what: str, environment: Mapping[str, str] = os.environ) -> Any:
    """The number, or list of numbers, that is set; 0 when none is; `ValueError` for other text."""
    for name in _NAMES[what]:
        if name in environment:
            return _numbers(name, environment[name])
    return 0


def most_workers(what: str, environment: Mapping[str, str] = os.environ) -> int | None:
    """The number of workers that is set; None when none is; `ValueError` for what is no number."""
    for name in _NAMES[what]:
        if name in environment:
            text = environment[name]
            if not text.isdecimal() or int(text) < 1:
                raise ValueError(f"{name}: expected a number of at least 1, found {text!r}")
            return int(text)
    return None


def _numbers(name: str, text: str) -> Any:
    import json  # slow to import, and rarely needed

    try:
        value = json.loads(text)
    except ValueError:
        value = None
    items = value if isinstance(value, list) and _takes_lists(name) else [value]
    if not all(isinstance(item, (int, float)) and not isinstance(item, bool) for item in items):
        raise ValueError(f"{name}: expected a number of retries or of seconds, found {text!r}")
    return value


def _takes_lists(name: str) -> bool:
    return name in _NAMES["task delay"]
