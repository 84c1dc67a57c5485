"""Small things of `airflow.utils` that DAG files import.

Rules: https://airflow.apache.org/docs/apache-airflow/2.11.0/_api/airflow/utils/
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime as _datetime
from datetime import timedelta, tzinfo
from typing import Any

from daglight.moment import DateTime, as_aware, as_moment, zone
from daglight.moment import parse as parse
from daglight.scope import scope

__all__ = [
    "Context",
    "DagContext",
    "LoggingMixin",
    "apply_defaults",
    "coerce_datetime",
    "convert_to_utc",
    "datetime",
    "days_ago",
    "is_localized",
    "is_naive",
    "make_aware",
    "make_naive",
    "parse",
    "utc",
    "utcnow",
]

utc = zone("UTC")


class Context(dict[str, Any]):
    """For annotations; the context of a task is a dict."""


class DagContext:
    """`airflow.models.dag.DagContext`."""

    @classmethod
    def get_current_dag(cls) -> Any:
        """The DAG whose `with` block is open."""
        return scope.dag


class LoggingMixin:
    """Gives a class `self.log`."""

    @property
    def log(self) -> logging.Logger:
        """A logger named after the class."""
        return logging.getLogger(f"{type(self).__module__}.{type(self).__name__}")


def apply_defaults(function: Callable[..., Any]) -> Callable[..., Any]:
    """What Airflow 1.10 operators wrote above `__init__`; every operator has it now."""
    return function


def utcnow() -> DateTime:
    """The moment it is called, in UTC."""
    return as_moment(_datetime.now(utc))


def days_ago(
    n: int, hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0
) -> DateTime:
    """The day so many days before today, at midnight unless told otherwise."""
    today = utcnow().replace(hour=hour, minute=minute, second=second, microsecond=microsecond)
    return as_moment(today - timedelta(days=n))


def datetime(*args: int, **kwargs: int) -> DateTime:
    """An aware date in UTC."""
    return DateTime(*args, **kwargs, tzinfo=utc)  # type: ignore[misc,arg-type]


def is_localized(value: _datetime) -> bool:
    """Whether it has a time zone."""
    return value.utcoffset() is not None


def is_naive(value: _datetime) -> bool:
    """Whether it has no time zone."""
    return value.utcoffset() is None


def coerce_datetime(value: _datetime | None, tz: tzinfo | None = None) -> DateTime | None:
    """The date as a `DateTime`, a naive one in the zone."""
    return as_aware(value, tz or utc)


def make_aware(value: _datetime | None, timezone: tzinfo = utc) -> DateTime | None:
    """The same wall-clock time in the time zone."""
    return as_aware(value, timezone)


def make_naive(value: _datetime, timezone: tzinfo = utc) -> _datetime:
    """The wall-clock time in the time zone, without it."""
    return value.astimezone(timezone).replace(tzinfo=None)


def convert_to_utc(value: _datetime | None) -> DateTime | None:
    """The moment in UTC; naive ones are taken to be in UTC."""
    aware = as_aware(value)
    return None if aware is None else as_moment(aware.astimezone(utc))
