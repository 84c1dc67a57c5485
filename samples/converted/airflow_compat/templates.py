"""Jinja as Airflow sets it up: its settings, filters and macros.

https://airflow.apache.org/docs/apache-airflow/stable/templates-ref.html
"""

from __future__ import annotations

import json
import random
import time
import types
import uuid
from collections.abc import Callable, Container, Mapping
from datetime import datetime, timedelta
from typing import Any

from airflow_compat.dates import ds, ds_nodash, ts, ts_nodash, ts_nodash_with_tz

__all__: list[str] = []

FILTERS: dict[str, Callable[..., Any]] = {
    "ds": ds,
    "ds_nodash": ds_nodash,
    "ts": ts,
    "ts_nodash": ts_nodash,
    "ts_nodash_with_tz": ts_nodash_with_tz,
}


class Macros:
    """What Airflow's templates find under `macros`."""

    datetime = datetime
    json = json
    random = staticmethod(random.random)
    time = time
    timedelta = timedelta
    uuid = uuid

    @property
    def dateutil(self) -> types.ModuleType:
        """The dateutil package, where it is installed."""
        import importlib

        for name in ("parser", "relativedelta", "rrule", "tz"):
            importlib.import_module(f"dateutil.{name}")
        return importlib.import_module("dateutil")

    @staticmethod
    def ds_add(ds: str, days: int) -> str:
        """`ds_add("2024-01-31", 1)` is `"2024-02-01"`."""
        moved = datetime.strptime(str(ds), "%Y-%m-%d") + timedelta(days=days)
        return moved.strftime("%Y-%m-%d")

    @staticmethod
    def ds_format(ds: str, input_format: str, output_format: str) -> str:
        """`ds_format("2024-01-31", "%Y-%m-%d", "%d.%m.")` is `"31.01."`."""
        return datetime.strptime(str(ds), input_format).strftime(output_format)


def make_jinja(
    macros: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]]
) -> Any:
    """Jinja as `DAG.get_template_env` sets it up: unknown names are errors."""
    import jinja2
    from jinja2 import sandbox

    class Sandbox(sandbox.SandboxedEnvironment):
        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            # Airflow lets templates read names with one leading underscore.
            return not sandbox.is_internal_attribute(obj, attr)

    jinja = Sandbox(undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.do"])
    jinja.globals.update(macros)
    jinja.filters.update(filters)
    return jinja


def walk(
    value: Any, leaf: Callable[[Any], Any], kept: Container[int] = frozenset()
) -> Any:
    """`value` with `leaf` applied inside lists, tuples, sets and dicts' values.

    Objects whose `id` is in `kept` stay as they are.
    """
    if id(value) in kept:
        return value
    if isinstance(value, dict):
        return {key: walk(item, leaf, kept) for key, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*(walk(item, leaf, kept) for item in value))
    for kind in (list, tuple, set):
        if isinstance(value, kind):
            return kind(walk(item, leaf, kept) for item in value)
    return leaf(value)
