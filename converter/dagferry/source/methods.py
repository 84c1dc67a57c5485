"""Methods of the values that DAG-building code works with: lists, dicts, texts, dates, tasks."""

from __future__ import annotations

import datetime

from dagferry.source.abstract import (
    Abstract,
    DagValue,
    GroupValue,
    Items,
    Known,
    LooseTask,
    Method,
    Moment,
    Pattern,
    Table,
    TaskValue,
    Unknown,
    Zone,
    as_text,
    text_value,
)
from dagferry.source.builtin_calls import made_dict, plain_call
from dagferry.source.dates import date_method
from dagferry.source.edges import connect
from dagferry.source.following import Follower
from dagferry.source.given_arguments import Given
from dagferry.source.loops import iterations
from dagferry.source.merging import loosened, put
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled

_TEXT_METHODS = frozenset(
    [
        "lower",
        "upper",
        "strip",
        "lstrip",
        "rstrip",
        "replace",
        "title",
        "capitalize",
        "split",
        "startswith",
        "endswith",
        "removeprefix",
        "removesuffix",
        "zfill",
        "partition",
        "rpartition",
        "splitlines",
    ]
)


def method_call(method: Method, node: grammar.Call, given: Given, machine: Follower) -> Abstract:
    """What a call of a method gives; it may change lists and dicts and make edges."""
    owner, name = method.owner, method.name
    unknown = Unknown(spelled(node))
    if isinstance(owner, (TaskValue, LooseTask, GroupValue)):
        return _task_method(owner, name, given, machine, unknown)
    if isinstance(owner, Items):
        return _list_method(owner, name, given, machine.uncertain)
    if isinstance(owner, Table):
        return _dict_method(owner, name, given, unknown, machine.uncertain)
    if isinstance(owner, (Moment, Zone)) or (
        isinstance(owner, Known) and isinstance(owner.value, datetime.datetime)
    ):
        date = date_method(owner, name, given.positional, given.named, unknown.text)
        return unknown if date is None else date
    if isinstance(owner, Known) and isinstance(owner.value, str):
        return _text_method(owner.value, name, given, unknown)
    if isinstance(owner, DagValue):
        owner.builder.exact = False
    return unknown


def _task_method(
    owner: TaskValue | LooseTask | GroupValue,
    name: str,
    given: Given,
    machine: Follower,
    unknown: Unknown,
) -> Abstract:
    if name == "set_downstream":
        connect(owner, Items(given.all()[:1]), machine)
    elif name == "set_upstream":
        connect(Items(given.all()[:1]), owner, machine)
    else:
        if not isinstance(owner, LooseTask):
            owner.builder.exact = False
        return unknown
    return Known(None)


def _list_method(owner: Items, name: str, given: Given, depth: int) -> Abstract:
    if loosened(owner, depth):
        owner.exact = False
    if name in {"append", "add"} and len(given.positional) == 1:
        owner.items.append(given.positional[0])
    elif name == "extend" and len(given.positional) == 1:
        items, exact = iterations(given.positional[0])
        owner.items += items
        owner.exact = owner.exact and exact
    elif name == "insert" and len(given.positional) == 2:
        owner.items.append(given.positional[1])
        owner.exact = False
    else:
        owner.exact = False
        return Unknown(name)
    return Known(None)


def _dict_method(owner: Table, name: str, given: Given, unknown: Unknown, depth: int) -> Abstract:
    if name == "items":
        return Items([Items([Known(k), v]) for k, v in owner.items.items()], owner.exact)
    if name == "values":
        return Items(list(owner.items.values()), owner.exact)
    if name == "keys":
        return Items([Known(key) for key in owner.items], owner.exact)
    if (
        name in {"get", "setdefault"}
        and given.positional
        and isinstance(given.positional[0], Known)
    ):
        default = given.positional[1] if len(given.positional) > 1 else Known(None)
        found = owner.items.get(given.positional[0].value, default if owner.exact else unknown)
        if name == "setdefault" and given.positional[0].value not in owner.items:
            put(owner, given.positional[0].value, found, depth)
        return found
    if name == "copy":
        return Table(dict(owner.items), owner.exact, dict(owner.origins))
    if name == "update":
        other = made_dict(given, unknown)
        _update(owner, other if isinstance(other, Table) else Table({}, exact=False), depth)
        return Known(None)
    if name == "pop" and given.positional and isinstance(given.positional[0], Known):
        return _popped(owner, given, unknown, depth)
    owner.exact = False
    return unknown


def _update(owner: Table, other: Table, depth: int) -> None:
    for key, value in other.items.items():
        put(owner, key, value, depth)
        owner.origins.pop(key, None)
        if owner.items[key] is value and key in other.origins:
            owner.origins[key] = other.origins[key]
    owner.exact = owner.exact and other.exact


def _popped(owner: Table, given: Given, unknown: Unknown, depth: int) -> Abstract:
    key = given.positional[0]
    default = given.positional[1] if len(given.positional) > 1 else unknown
    assert isinstance(key, Known)
    if loosened(owner, depth) or not owner.exact:
        owner.exact = False
        return unknown
    return owner.items.pop(key.value, default)


def _text_method(text: str, name: str, given: Given, unknown: Unknown) -> Abstract:
    if name == "format":
        return _format(text, given, unknown)
    if name == "join" and len(given.positional) == 1:
        items, exact = iterations(given.positional[0])
        if exact:
            separator = as_text(Known(text)).text
            return text_value(Pattern(separator.join(as_text(item).text for item in items)))
        return unknown
    if name in _TEXT_METHODS:
        return plain_call(getattr(text, name), given, unknown)
    return unknown


def _format(text: str, given: Given, unknown: Unknown) -> Abstract:
    import string

    result, automatic = "", 0
    try:
        for literal, field_name, spec, conversion in string.Formatter().parse(text):
            result += as_text(Known(literal)).text
            if field_name is None:
                continue
            if spec or conversion:
                return unknown
            key = field_name or str(automatic)
            automatic += not field_name
            value = given.positional[int(key)] if key.isdigit() else given.named[key]
            result += as_text(value).text
    except (ValueError, LookupError):
        return unknown
    return text_value(Pattern(result))
