"""`pendulum` for DAG files where it is not installed: the few functions that they use.

Behaviour follows https://pendulum.eustace.io/docs/; anything else raises and says so.
"""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - pendulum's own name for it
from datetime import datetime as _datetime
from datetime import time as Time  # noqa: N812 - pendulum's own name for it
from datetime import tzinfo
from typing import Any

from daglight.errors import NotSupported
from daglight.moment import DateTime, Duration, as_moment, parse, zone

__all__ = [
    "UTC",
    "Date",
    "DateTime",
    "Duration",
    "Time",
    "Timezone",
    "datetime",
    "duration",
    "instance",
    "now",
    "parse",
    "time",
]

UTC = zone("UTC")
__version__ = "3.0.0"
Timezone = zone
time = Time


def timezone(name: str | int) -> tzinfo:
    """A time zone by its name."""
    return zone(str(name))


def datetime(
    year: int,
    month: int,
    day: int,
    hour: int = 0,
    minute: int = 0,
    second: int = 0,
    microsecond: int = 0,
    tz: str | tzinfo | None = "UTC",
    fold: int = 1,
) -> DateTime:
    """A date and time, in UTC unless `tz` says otherwise."""
    info = None if tz is None else zone(tz)
    return DateTime(year, month, day, hour, minute, second, microsecond, tzinfo=info, fold=fold)


def now(tz: str | tzinfo = "UTC") -> DateTime:
    """The moment it is called."""
    return as_moment(_datetime.now(zone(tz)))


def today(tz: str | tzinfo = "UTC") -> DateTime:
    """The midnight before now."""
    return now(tz).start_of("day")


def yesterday(tz: str | tzinfo = "UTC") -> DateTime:
    """The midnight before today's."""
    return today(tz).subtract(days=1)


def tomorrow(tz: str | tzinfo = "UTC") -> DateTime:
    """The midnight after now."""
    return today(tz).add(days=1)


def instance(value: _datetime, tz: str | tzinfo = "UTC") -> DateTime:
    """The same date as a `DateTime`; a naive one is taken to be in `tz`."""
    return as_moment(value if value.tzinfo else value.replace(tzinfo=zone(tz)))


def duration(**parts: float) -> Duration:
    """A length of time."""
    return Duration(**parts)


def date(year: int, month: int, day: int) -> Date:
    """A day."""
    return Date(year, month, day)


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    raise NotSupported(f"pendulum.{name} (install pendulum to have all of it)")
