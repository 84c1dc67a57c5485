"""What may stand in a `prefect.yaml`: its keys, and the shape of what stands under them.

https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml
"""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any

__all__ = ["ENTRY", "SCHEDULE", "TOP", "check_keys", "check_shapes"]

TOP = {"name", "prefect-version", "definitions", "build", "push", "pull", "deployments"}
STEPS = ("build", "push", "pull")
ENTRY = {
    *("name", "version", "version_type", "tags", "description", "schedule", "schedules", "paused"),
    *("concurrency_limit", "flow_name", "entrypoint", "parameters", "enforce_parameter_schema"),
    *("work_pool", "triggers", "sla", *STEPS),
}
SCHEDULE = {
    *("cron", "interval", "rrule", "timezone", "anchor_date", "active", "parameters", "slug"),
    *("day_or", "replaces"),
}
POOL = {"name", "work_queue_name", "job_variables"}

_SHAPES: dict[str, tuple[tuple[type, ...], str]] = {
    **dict.fromkeys(("name", "entrypoint", "description"), ((str,), "text")),
    "tags": ((list, str), "a list"),
    "schedules": ((list,), "a list"),
    "parameters": ((dict,), "keys and values"),
}


def check_keys(
    found: Any, known: Set[str] | None, where: str, wrong: Callable[[str], Exception]
) -> None:
    """Raise what `wrong` makes, unless these are keys and values and the keys are known ones."""
    if not isinstance(found, dict):
        raise wrong(f"{where}: expected keys and values, found {found!r}")
    for key in found:
        if known is not None and key not in known:
            raise wrong(f"{where}: unknown key {key!r}; known: {', '.join(sorted(known))}")


def check_shapes(entry: dict[str, Any], where: str, wrong: Callable[[str], Exception]) -> None:
    """Raise what `wrong` makes when a value of a deployment is of another kind than expected."""
    for key, (kinds, expected) in _SHAPES.items():
        if key in entry and not isinstance(entry[key], kinds):
            raise wrong(f"{where}: {key}: expected {expected}, found {entry[key]!r}")
    pool = entry.get("work_pool") or {}
    check_keys(pool, POOL, f"{where}: work_pool", wrong)
    variables = pool.get("job_variables") or {}
    check_keys(variables, None, f"{where}: job_variables", wrong)
    check_keys(variables.get("env") or {}, None, f"{where}: job_variables: env", wrong)
