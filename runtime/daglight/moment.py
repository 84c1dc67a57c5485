"""Dates as Airflow hands them to tasks: `datetime` with what DAG files use of pendulum.

Behaviour follows https://pendulum.eustace.io/docs/; anything else raises and says so.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any

__all__ = ["DateTime", "Duration", "as_aware", "as_moment", "as_utc", "parse", "zone"]

_TOKENS: dict[str, str] = {
    "YYYY": "%Y",
    "YY": "%y",
    "MMMM": "%B",
    "MMM": "%b",
    "MM": "%m",
    "DDDD": "%j",
    "DD": "%d",
    "dddd": "%A",
    "ddd": "%a",
    "HH": "%H",
    "hh": "%I",
    "mm": "%M",
    "ss": "%S",
    "SSSSSS": "%f",
    "A": "%p",
    "ZZ": "%z",
}
_TOKEN = re.compile(
    r"\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DDDD|DD|D|dddd|ddd|HH|H|hh|mm|ss|SSSSSS|A|ZZ|Z|X"
)


class Duration(timedelta):
    """`pendulum.Duration`, as far as subtraction of two dates needs it."""

    def in_seconds(self) -> int:
        """Whole seconds."""
        return int(self.total_seconds())

    def in_minutes(self) -> int:
        """Whole minutes."""
        return int(self.total_seconds() // 60)

    def in_hours(self) -> int:
        """Whole hours."""
        return int(self.total_seconds() // 3600)

    def in_days(self) -> int:
        """Whole days."""
        return self.days


class DateTime(datetime):
    """`pendulum.DateTime`: immutable, its text has a space between date and time."""

    def __str__(self) -> str:
        return self.isoformat(" ")

    def __repr__(self) -> str:
        zone_name = f", tzinfo=Timezone({self.timezone_name!r})" if self.tzinfo else ""
        parts = [self.year, self.month, self.day, self.hour, self.minute, self.second]
        if self.microsecond:
            parts.append(self.microsecond)
        return f"DateTime({', '.join(map(str, parts))}{zone_name})"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        from daglight.errors import NotSupported

        raise NotSupported(f"DateTime.{name} (of pendulum)")

    @property
    def timezone_name(self) -> str:
        """`UTC`, `Europe/Berlin`, or the offset."""
        return str(getattr(self.tzinfo, "key", None) or self.tzname() or "")

    timezone = property(lambda self: self.tzinfo)
    tz = timezone

    @property
    def int_timestamp(self) -> int:
        """Whole seconds since 1970."""
        return int(self.timestamp())

    @property
    def day_of_week(self) -> int:
        """0 is Monday, as in pendulum 3."""
        return self.weekday()

    @property
    def day_of_year(self) -> int:
        """1 to 366."""
        return self.timetuple().tm_yday

    @property
    def week_of_year(self) -> int:
        """The ISO week."""
        return self.isocalendar()[1]

    @property
    def quarter(self) -> int:
        """1 to 4."""
        return (self.month - 1) // 3 + 1

    @property
    def days_in_month(self) -> int:
        """28 to 31."""
        return _days_in(self.year, self.month)

    def add(
        self, years: int = 0, months: int = 0, weeks: int = 0, days: int = 0, **small: float
    ) -> DateTime:
        """A later date; the day is cut to the length of the month."""
        index = self.year * 12 + self.month - 1 + years * 12 + months
        year, month = divmod(index, 12)
        day = min(self.day, _days_in(year, month + 1))
        moved = self.replace(year=year, month=month + 1, day=day)
        return as_moment(datetime.__add__(moved, timedelta(weeks=weeks, days=days, **small)))

    def subtract(self, **parts: int) -> DateTime:
        """An earlier date."""
        return self.add(**{name: -amount for name, amount in parts.items()})

    def diff(self, other: datetime, absolute: bool = True) -> Duration:
        """The time between two dates."""
        gap = other - self
        return Duration(seconds=abs(gap.total_seconds()) if absolute else gap.total_seconds())

    def start_of(self, unit: str) -> DateTime:
        """The first moment of the year, month, week, day, hour, minute or second."""
        if unit == "week":
            return self.subtract(days=self.weekday()).start_of("day")
        floors: dict[str, int] = {
            "month": 1,
            "day": 1,
            "hour": 0,
            "minute": 0,
            "second": 0,
            "microsecond": 0,
        }
        units = ["year", *floors]
        if unit not in units:
            raise ValueError(f'Invalid unit "{unit}" for start_of()')
        keep = units.index(unit)
        return as_moment(self.replace(**{name: floors[name] for name in units[keep + 1 :]}))  # type: ignore[arg-type]

    def end_of(self, unit: str) -> DateTime:
        """The last microsecond of such a unit."""
        start = self.start_of(unit)
        return start.add(**{f"{unit}s": 1}).subtract(microseconds=1)

    def in_timezone(self, tz: str | tzinfo) -> DateTime:
        """The same moment in another time zone."""
        return as_moment(self.astimezone(zone(tz)))

    in_tz = in_timezone

    def naive(self) -> DateTime:
        """Without its time zone."""
        return self.replace(tzinfo=None)

    def date(self) -> date:
        """The day alone."""
        return date(self.year, self.month, self.day)

    def to_date_string(self) -> str:
        """`2024-01-31`."""
        return self.strftime("%Y-%m-%d")

    def to_time_string(self) -> str:
        """`10:20:30`."""
        return self.strftime("%H:%M:%S")

    def to_datetime_string(self) -> str:
        """`2024-01-31 10:20:30`."""
        return self.strftime("%Y-%m-%d %H:%M:%S")

    def to_iso8601_string(self) -> str:
        """`2024-01-31T10:20:30Z`."""
        return self.isoformat().replace("+00:00", "Z")

    def format(self, fmt: str, locale: str | None = None) -> str:
        """`YYYY-MM-DD HH:mm:ss` and the like; English names only."""
        _ = locale
        return _TOKEN.sub(self._token, fmt)

    def _token(self, found: re.Match[str]) -> str:
        word = found[0]
        if word.startswith("["):
            return found[1]
        plain = {"M": self.month, "D": self.day, "H": self.hour, "X": self.int_timestamp}
        if word in plain:
            return str(plain[word])
        if word == "Z":
            return self.isoformat()[-6:]
        return self.strftime(_TOKENS[word])

    @classmethod
    def create(cls, *args: int, tz: str | tzinfo = "UTC", **kwargs: int) -> DateTime:
        """`DateTime.create(2024, 1, 1)` in UTC unless `tz` says otherwise."""
        return cls(*args, **kwargs, tzinfo=zone(tz))  # type: ignore[misc,arg-type]

    def __add__(self, other: Any) -> Any:
        if not isinstance(other, timedelta):
            return NotImplemented
        return as_moment(datetime.__add__(self, other))

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        if not isinstance(other, (datetime, timedelta)):
            return NotImplemented
        result = datetime.__sub__(self, other)
        if isinstance(result, timedelta):
            return Duration(
                days=result.days, seconds=result.seconds, microseconds=result.microseconds
            )
        return as_moment(result)


def zone(name: str | tzinfo) -> tzinfo:
    """The time zone of that name; a time zone is its own."""
    if not isinstance(name, str):
        return name
    if name.upper() == "UTC":
        return timezone.utc
    from zoneinfo import ZoneInfo  # slow to import

    return ZoneInfo(name)


def _days_in(year: int, month: int) -> int:
    from calendar import monthrange  # slow to import: it brings locale

    return monthrange(year, month)[1]


def as_moment(value: datetime) -> DateTime:
    """The same date as a `DateTime`."""
    return DateTime(
        value.year,
        value.month,
        value.day,
        value.hour,
        value.minute,
        value.second,
        value.microsecond,
        tzinfo=value.tzinfo,
        fold=value.fold,
    )


def as_aware(value: Any, default: tzinfo = timezone.utc) -> DateTime | None:
    """A date with a time zone, from a date, text or None; naive ones are in `default`."""
    if value is None:
        return None
    if type(value) is DateTime and value.tzinfo is not None:
        return value
    if isinstance(value, str):
        value = parse(value)
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    return as_moment(value if value.tzinfo else value.replace(tzinfo=default))


def as_utc(value: Any, default: tzinfo = timezone.utc) -> DateTime | None:
    """The same in UTC, as Airflow keeps the dates of DAGs and tasks."""
    aware = as_aware(value, default)
    if aware is None or aware.tzinfo is timezone.utc:
        return aware
    return as_moment(aware.astimezone(timezone.utc))


def parse(text: str) -> DateTime:
    """A date from ISO 8601 text, in UTC when it names no time zone; ValueError otherwise."""
    value = datetime.fromisoformat(re.sub(r"[zZ]$", "+00:00", text.strip()))
    return as_moment(value if value.tzinfo else value.replace(tzinfo=timezone.utc))
