from __future__ import annotations

import dataclasses
from collections import namedtuple
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

import pytest
from flowlight.encode import encode


class Colour(Enum):
    RED = "red"


class Level(IntEnum):
    HIGH = 3


class Text(str):
    pass


@dataclasses.dataclass
class Point:
    x: int
    y: Any


Pair = namedtuple("Pair", "a b")

CET = timezone(timedelta(hours=1))

TABLE: list[tuple[Any, Any]] = [
    (None, None),
    (True, True),
    (7, 7),
    (1.5, 1.5),
    ("text", "text"),
    (Text("sub"), "sub"),
    ([1, (2, 3)], [1, [2, 3]]),
    (Pair(1, 2), [1, 2]),
    ({"a": {"b": 1}}, {"a": {"b": 1}}),
    ({2: "b", 1: "a"}, {"$type": "dict", "items": [[2, "b"], [1, "a"]]}),
    ({}, {}),
    ({3, 1}, {"$type": "set", "items": [1, 3]}),
    (frozenset({"b", "a"}), {"$type": "set", "items": ["a", "b"]}),
    (b"\x00\xff", {"$type": "bytes", "hex": "00ff"}),
    (bytearray(b"a"), {"$type": "bytes", "hex": "61"}),
    (datetime(2024, 1, 1, 2), {"$type": "datetime", "value": "2024-01-01T02:00:00"}),
    (
        datetime(2024, 1, 1, tzinfo=CET),
        {"$type": "datetime", "value": "2023-12-31T23:00:00+00:00"},
    ),
    (date(2024, 1, 1), {"$type": "date", "value": "2024-01-01"}),
    (time(3, 4), {"$type": "time", "value": "03:04:00"}),
    (timedelta(seconds=1.5), {"$type": "timedelta", "seconds": 1.5}),
    (Decimal("1.50"), {"$type": "decimal", "value": "1.50"}),
    (UUID(int=1), {"$type": "uuid", "value": "00000000-0000-0000-0000-000000000001"}),
    (PurePosixPath("/a/b"), {"$type": "path", "value": "/a/b"}),
    (Colour.RED, "red"),
    (Level.HIGH, 3),
    (float("nan"), {"$type": "float", "value": "nan"}),
    (float("-inf"), {"$type": "float", "value": "-inf"}),
    (
        Point(1, {2}),
        {
            "$type": "dataclass",
            "name": "Point",
            "fields": {"x": 1, "y": {"$type": "set", "items": [2]}},
        },
    ),
    (Point, {"$type": "opaque", "name": "type"}),
    (object(), {"$type": "opaque", "name": "object"}),
]


@pytest.mark.parametrize(("value", "expected"), TABLE, ids=lambda v: type(v).__name__)
def test_every_row_of_the_table_of_values(value: Any, expected: Any) -> None:
    assert encode(value) == expected


def test_a_cycle_ends() -> None:
    items: list[Any] = [1]
    items.append(items)
    assert encode(items) == [1, {"$type": "opaque", "name": "too deep"}]


def test_the_same_value_twice_is_no_cycle() -> None:
    item = [1]
    assert encode([item, item]) == [[1], [1]]


def test_fifty_levels_are_kept_and_the_next_is_not() -> None:
    deep: Any = "end"
    for _ in range(50):
        deep = [deep]
    inside = encode([deep])
    for _ in range(50):
        inside = inside[0]
    assert encode(deep) == deep
    assert inside == {"$type": "opaque", "name": "too deep"}
