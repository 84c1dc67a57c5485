"""Dates as Airflow writes them: the formats of `ds` and `ts`, and `days_ago`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

__all__ = ["days_ago"]

UTC = ZoneInfo("UTC")


def to_utc(moment: datetime) -> datetime:
    """The same moment in UTC, as Airflow stores it; a naive one is taken for UTC."""
    plain = datetime.fromisoformat(moment.isoformat())
    if plain.tzinfo is None:
        return plain.replace(tzinfo=UTC)
    return plain.astimezone(UTC)


def ds(moment: date | None) -> str | None:
    """`2024-01-31`."""
    return None if moment is None else moment.strftime("%Y-%m-%d")


def ds_nodash(moment: date | None) -> str | None:
    """`20240131`."""
    return None if moment is None else moment.strftime("%Y%m%d")


def ts(moment: date | None) -> str | None:
    """`2024-01-31T06:00:00+00:00`."""
    return None if moment is None else moment.isoformat()


def ts_nodash(moment: date | None) -> str | None:
    """`20240131T060000`."""
    return None if moment is None else moment.strftime("%Y%m%dT%H%M%S")


def ts_nodash_with_tz(moment: date | None) -> str | None:
    """`20240131T060000+0000`."""
    text = ts(moment)
    return None if text is None else text.replace("-", "").replace(":", "")


def days_ago(
    n: int, hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0
) -> datetime:
    """Midnight in UTC, `n` days ago, or the given time on that day."""
    day = datetime.now(UTC) - timedelta(days=n)
    return day.replace(hour=hour, minute=minute, second=second, microsecond=microsecond)
