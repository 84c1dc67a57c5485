"""`macros` of templates, and the filters `ds`, `ts` and their kin.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/templates-ref.html
"""

from __future__ import annotations

import json
import time
import uuid
from datetime import datetime, timedelta
from typing import Any

from daglight.plugins import plugin_macros

__all__ = [
    "FILTERS",
    "datetime",
    "datetime_diff_for_humans",
    "ds_add",
    "ds_format",
    "ds_format_locale",
    "json",
    "time",
    "timedelta",
    "uuid",
]


def ds_add(ds: str, days: int) -> str:
    """The day so many days after `ds`."""
    if not days:
        return str(ds)
    return (datetime.strptime(str(ds), "%Y-%m-%d") + timedelta(days=days)).strftime("%Y-%m-%d")


def ds_format(ds: str, input_format: str, output_format: str) -> str:
    """A date read in one format and written in another."""
    return datetime.strptime(str(ds), input_format).strftime(output_format)


def ds_format_locale(ds: str, input_format: str, output_format: str, locale: Any = None) -> str:
    """A date read in one format, written in another in a language; needs Babel."""
    try:
        from babel import Locale
        from babel.dates import LC_TIME, format_datetime
    except ImportError:
        from daglight.errors import NotSupported

        raise NotSupported("macros.ds_format_locale without Babel: install it") from None
    moment = datetime.strptime(str(ds), input_format)
    return format_datetime(moment, format=output_format, locale=locale or Locale.parse(LC_TIME))


def datetime_diff_for_humans(*_: Any, **__: Any) -> str:
    """Refused: it needs pendulum."""
    from daglight.errors import NotSupported

    raise NotSupported("macros.datetime_diff_for_humans")


def _ts_nodash(value: datetime | None) -> str | None:
    return None if value is None else value.strftime("%Y%m%dT%H%M%S")


FILTERS = {
    "ds": lambda value: None if value is None else value.strftime("%Y-%m-%d"),
    "ds_nodash": lambda value: None if value is None else value.strftime("%Y%m%d"),
    "ts": lambda value: None if value is None else value.isoformat(),
    "ts_nodash": _ts_nodash,
    "ts_nodash_with_tz": lambda value: (
        None if value is None else value.isoformat().replace("-", "").replace(":", "")
    ),
}


def __getattr__(name: str) -> Any:
    """`macros.random`; `macros.dateutil` and `macros.yaml`, where installed."""
    if name == "random":
        import random  # slow to import

        return random.random
    if name == "dateutil":
        import dateutil.parser  # type: ignore[import-untyped,unused-ignore]
        import dateutil.relativedelta  # type: ignore[import-untyped,unused-ignore]

        return dateutil
    if name == "yaml":
        import yaml

        return yaml
    if name in plugin_macros:
        return plugin_macros[name]
    raise AttributeError(f"module 'airflow.macros' has no attribute {name!r}")
