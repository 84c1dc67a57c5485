"""The stand-in for pendulum gives what pendulum gives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from daglight import pendulum_stand_in as pendulum
from daglight.errors import NotSupported, unsupported_uses

#: What pendulum 3.3.0 gave for each.
CASES: list[tuple[Any, str]] = [
    (lambda d: str(d), "2024-03-31 06:07:08+00:00"),
    (lambda d: d.isoformat(), "2024-03-31T06:07:08+00:00"),
    (lambda d: d.to_date_string(), "2024-03-31"),
    (lambda d: d.to_datetime_string(), "2024-03-31 06:07:08"),
    (lambda d: d.add(months=-1), "2024-02-29 06:07:08+00:00"),
    (lambda d: d.subtract(days=1, hours=2), "2024-03-30 04:07:08+00:00"),
    (lambda d: d.start_of("month"), "2024-03-01 00:00:00+00:00"),
    (lambda d: d.start_of("week"), "2024-03-25 00:00:00+00:00"),
    (lambda d: d.end_of("day"), "2024-03-31 23:59:59.999999+00:00"),
    (lambda d: d.format("YYYY/MM/DD HH:mm [at] D"), "2024/03/31 06:07 at 31"),
    (lambda d: d.in_timezone("Europe/Berlin"), "2024-03-31 08:07:08+02:00"),
    (lambda d: d + timedelta(days=1), "2024-04-01 06:07:08+00:00"),
    (lambda d: (d - d.start_of("day")).in_hours(), "6"),
    (lambda d: d.day_of_week, "6"),
    (lambda d: d.quarter, "1"),
]


@pytest.mark.parametrize(("use", "expected"), CASES)
def test_dates_behave(use: Any, expected: str) -> None:
    assert str(use(pendulum.datetime(2024, 3, 31, 6, 7, 8))) == expected


def test_what_is_missing_says_so() -> None:
    with pytest.raises(NotSupported, match=r"pendulum\.interval"):
        _ = pendulum.interval
    with pytest.raises(NotSupported, match=r"DateTime\.diff_for_humans"):
        pendulum.datetime(2024, 1, 1).diff_for_humans()
    unsupported_uses.clear()
