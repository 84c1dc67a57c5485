"""Whether two encoded values are the same, under the policy.

Types count: 1 is not 1.0, true is not 1, text is not a path.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dagferry.parity.policy import Policy

EQUAL, DIFFERENT, NOT_CHECKED = "equal", "different", "not-checked"


@dataclass(frozen=True)
class Likeness:
    """How alike two values are; `reason` where they cannot be compared."""

    verdict: str = EQUAL
    leniencies: frozenset[str] = frozenset()
    reason: str = ""


_DIFFERENT = Likeness(DIFFERENT)


def compare_values(left: Any, right: Any, policy: Policy) -> Likeness:
    """Compare two values in the encoding of `docs/reference/trace.md`."""
    if _tag(left) or _tag(right):
        return _tagged(left, right, policy)
    if type(left) is not type(right):
        return _DIFFERENT
    if isinstance(left, dict):
        return _objects(left, right, policy)
    if isinstance(left, list):
        return _lists(left, right, policy)
    if isinstance(left, float):
        return _floats(left, right, policy)
    if isinstance(left, str):
        return _texts(left, right, policy)
    return Likeness() if left == right else _DIFFERENT


def conforms(value: Any, first: Any, second: Any, policy: Policy) -> bool:
    """Whether a value agrees with two others wherever those agree with each other.

    Where they do not, it must be of their kind: a clock's reading is not held to another's, but a
    line too few, a missing key or a changed type still shows.
    """
    if _same(first, second, policy):
        return _same(value, first, policy)
    if (
        not type(value) is type(first) is type(second)
        or len({*map(_tag, (value, first, second))}) > 1
    ):
        return False
    if isinstance(first, dict):
        alike = set(value) == set(first) == set(second)
        return alike and all(conforms(value[k], first[k], second[k], policy) for k in first)
    if isinstance(first, list) and len(first) == len(second):
        parts = zip(value, first, second)
        return len(value) == len(first) and all(conforms(*part, policy) for part in parts)
    return True


def _tag(value: Any) -> str | None:
    tag = value.get("$type") if isinstance(value, dict) else None
    return tag if isinstance(tag, str) else None


def _tagged(left: Any, right: Any, policy: Policy) -> Likeness:
    tags = _tag(left), _tag(right)
    if "too deep" in [one.get("name") for one in (left, right) if _tag(one) == "opaque"]:
        return Likeness(NOT_CHECKED, reason="nested too deeply to be compared")
    if tags[0] != tags[1]:
        return _DIFFERENT
    if tags[0] == "opaque":
        return _opaque(left, right)
    if tags[0] == "datetime":
        return _datetimes(left["value"], right["value"])
    if tags[0] == "dict":
        return _items(left["items"], right["items"], policy)
    return _objects(left, right, policy)


def _opaque(left: Any, right: Any) -> Likeness:
    if left.get("name") != right.get("name"):
        return _DIFFERENT
    return Likeness(NOT_CHECKED, reason=f"values of {left.get('name')} cannot be compared")


def _datetimes(left: str, right: str) -> Likeness:
    if left == right:
        return Likeness()
    moments = [datetime.fromisoformat(one.replace("Z", "+00:00")) for one in (left, right)]
    same = moments[0] == moments[1]
    return Likeness(leniencies=frozenset({"datetime spelling"})) if same else _DIFFERENT


def _objects(left: dict[str, Any], right: dict[str, Any], policy: Policy) -> Likeness:
    if set(left) != set(right):
        return _DIFFERENT
    likeness = _all([compare_values(left[key], right[key], policy) for key in left])
    return likeness if list(left) == list(right) else _all([likeness, _reordered()])


def _items(left: list[Any], right: list[Any], policy: Policy) -> Likeness:
    """Dicts with keys that are not strings: pairs, matched by the key."""
    if len(left) != len(right):
        return _DIFFERENT
    found, rest = [], list(right)
    for key, value in left:
        match = next((one for one in rest if _same(one[0], key, policy)), None)
        if match is None:
            return _DIFFERENT
        rest.remove(match)
        found.append(compare_values(value, match[1], policy))
    moved = any(not _same(a[0], b[0], policy) for a, b in zip(left, right))
    return _all([*found, _reordered()] if moved else found)


def _same(left: Any, right: Any, policy: Policy) -> bool:
    return compare_values(left, right, policy).verdict == EQUAL


def _reordered() -> Likeness:
    return Likeness(leniencies=frozenset({"dict order"}))


def _lists(left: list[Any], right: list[Any], policy: Policy) -> Likeness:
    if len(left) != len(right):
        return _DIFFERENT
    return _all([compare_values(a, b, policy) for a, b in zip(left, right)])


def _floats(left: float, right: float, policy: Policy) -> Likeness:
    if left == right:
        return Likeness()
    close = math.isclose(left, right, rel_tol=policy.float_relative)
    return Likeness(leniencies=frozenset({"float tolerance"})) if close else _DIFFERENT


def _texts(left: str, right: str, policy: Policy) -> Likeness:
    used: set[str] = set()
    for name, pattern in sorted(policy.masks.items()):
        if left == right:
            break
        masked = re.sub(pattern, "...", left), re.sub(pattern, "...", right)
        if masked != (left, right):
            used.add(name)
            left, right = masked
    return Likeness(leniencies=frozenset(used)) if left == right else _DIFFERENT


def _all(parts: Sequence[Likeness]) -> Likeness:
    """A difference anywhere is a difference; else what could not be compared counts."""
    for verdict in (DIFFERENT, NOT_CHECKED):
        for part in parts:
            if part.verdict == verdict:
                return part
    return Likeness(leniencies=frozenset().union(*(part.leniencies for part in parts)))
