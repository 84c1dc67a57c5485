"""Calls of builtins and of the standard library: what they give for values that are known."""

from __future__ import annotations

import datetime
from typing import Any

from dagferry.source.abstract import (
    Abstract,
    DagValue,
    Items,
    Known,
    Table,
    Unknown,
    as_text,
    tasks_in,
    text_value,
)
from dagferry.source.dates import date_call
from dagferry.source.following import Follower
from dagferry.source.given_arguments import Given
from dagferry.source.loops import iterations
from dagferry.source.merging import snapshot
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled

_DATES = {
    "datetime.datetime": datetime.datetime,
    "datetime.timedelta": datetime.timedelta,
    "datetime.date": datetime.date,
    "pendulum.duration": datetime.timedelta,
}


def builtin_call(name: str, node: grammar.Call, given: Given, machine: Follower) -> Abstract:
    """What a call of something outside the folder gives."""
    function = name.removeprefix("builtins.")
    unknown = Unknown(spelled(node))
    if function in {"list", "tuple", "set", "sorted", "reversed"} and len(given.positional) == 1:
        return _sequence(function, given.positional[0])
    if function == "dict":
        return made_dict(given, unknown)
    if function in {"copy.copy", "copy.deepcopy"} and len(given.positional) == 1:
        return snapshot(given.positional[0])
    date = date_call(name, given.positional, given.named, unknown.text)
    if date is not None and given.plain:
        return date
    if function in {"list", "tuple", "set"} and not given.positional:
        return Items([])
    if function in {"enumerate", "zip"}:
        return _paired(function, given)
    if function == "range" or name in _DATES:
        return plain_call(range if function == "range" else _DATES[name], given, unknown)
    if function == "str" and len(given.positional) == 1:
        return text_value(as_text(given.positional[0]))
    if function == "len" and len(given.positional) == 1:
        items, exact = iterations(given.positional[0])
        return Known(len(items)) if exact else unknown
    if function == "globals":
        return Table({}, exact=False)
    if (
        any(isinstance(v, DagValue) or any(tasks_in(v)) for v in given.all())
        and function != "print"
    ):
        machine.doubt()
    return unknown


def made_dict(given: Given, unknown: Unknown) -> Abstract:
    """What `dict(...)` gives."""
    base = given.positional[0] if given.positional else Table({})
    if isinstance(base, Items) and base.exact:
        # dict([("retries", 1), ...])
        base = _of_pairs(base.items)
    if not isinstance(base, Table):
        return unknown
    items = {**base.items, **given.named}
    return Table(items, base.exact and given.plain, {**base.origins, **given.origins})


def _of_pairs(pairs: list[Abstract]) -> Abstract:
    found = Table({})
    for pair in pairs:
        key = pair.items[0] if isinstance(pair, Items) and len(pair.items) == 2 else None
        if not isinstance(pair, Items) or not isinstance(key, Known):
            return Unknown("dict")
        found.items[key.value] = pair.items[1]
    return found


def plain_call(function: Any, given: Given, unknown: Unknown) -> Abstract:
    """What a pure function of Python's gives for arguments that are all known."""
    values = given.all()
    if not given.plain or not all(isinstance(v, Known) for v in values):
        return unknown
    try:
        arguments = [v.value for v in given.positional if isinstance(v, Known)]
        named = {k: v.value for k, v in given.named.items() if isinstance(v, Known)}
        return Known(function(*arguments, **named))
    except (TypeError, ValueError, OverflowError):
        return unknown


def _sequence(function: str, value: Abstract) -> Abstract:
    items, exact = iterations(value)
    if function == "sorted":
        if not (exact and all(isinstance(item, Known) for item in items)):
            return Items(items, exact=False)
        try:
            return Items(sorted(items, key=lambda item: item.value))  # type: ignore[union-attr]  # all are Known
        except TypeError:
            return Items(items, exact=False)
    if function == "reversed":
        items.reverse()
    # The order of a set is not known.
    return Items(items, exact and function != "set")


def _paired(function: str, given: Given) -> Abstract:
    looked = [iterations(value) for value in given.positional]
    exact = given.plain and all(ok for _, ok in looked)
    if function == "enumerate" and looked:
        return Items([Items([Known(i), item]) for i, item in enumerate(looked[0][0])], exact)
    rows = zip(*(items for items, _ in looked))
    return Items([Items(list(row)) for row in rows], exact)
