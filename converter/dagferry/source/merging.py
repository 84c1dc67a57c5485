"""What a name is where one of several branches gave it its value, and only a run knows which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dagferry.source.abstract import (
    Abstract,
    DagValue,
    External,
    FunctionValue,
    GroupValue,
    Items,
    Known,
    Moment,
    Pattern,
    Scope,
    Table,
    TaskValue,
    Unknown,
    Zone,
    tasks_in,
)

Names = list[tuple[Scope, dict[str, Abstract]]]


def same(first: Abstract, second: Abstract) -> bool:
    """Whether two values are certainly alike."""
    if first is second:
        return True
    match first, second:
        case Known(), Known():
            return type(first.value) is type(second.value) and bool(first.value == second.value)
        case Items(), Items():
            pairs = list(zip(first.items, second.items))
            plain = first.exact and second.exact and len(first.items) == len(second.items)
            return plain and all(same(one, other) for one, other in pairs)
        case Table(), Table():
            if not (first.exact and second.exact and first.items.keys() == second.items.keys()):
                return False
            return all(same(value, second.items[key]) for key, value in first.items.items())
        case (External(), External()) | (Zone(), Zone()):
            # Two patterns that are spelled alike may still be two strings.
            return first == second
        case Moment(moment=moment), Moment() if moment is not None:
            return moment == second.moment and first.zone == second.zone
    return False


def merged(values: Sequence[Abstract], text: str) -> Abstract:
    """One of several values: itself where they are alike, a task or a DAG where one is, else unknown."""
    if all(same(values[0], value) for value in values[1:]):
        return values[0]
    for value in reversed(values):
        if isinstance(value, (DagValue, TaskValue, GroupValue)) or any(tasks_in(value)):
            return value
    if all(isinstance(value, Moment) for value in values):
        zones = {value.zone for value in values if isinstance(value, Moment)}
        if len(zones) == 1:
            return Moment(zones.pop(), text, aware=all(getattr(v, "aware", True) for v in values))
    return Unknown(text)


def names_now(scope: Scope) -> Names:
    """The names of a scope and those around it, as they are now."""
    return [(one, dict(one.names)) for one in scope.chain()]


def put_back(names: Names) -> None:
    """Make the names what they were."""
    for scope, values in names:
        scope.names.clear()
        scope.names.update(values)


def join(ways: Sequence[Names], *, first_wins: bool = False) -> None:
    """The names behind branches of which one was taken: `ways` are the names behind each.

    With `first_wins`, imports and definitions of the first way stand (`try: import` with a fallback).
    """
    for index, (scope, _) in enumerate(ways[0]):
        found = [way[index][1] for way in ways]
        names = dict.fromkeys(name for way in found for name in way)
        for name in names:
            scope.names[name] = _joined(name, found, first_wins)


def _joined(name: str, ways: Sequence[Mapping[str, Abstract]], first_wins: bool) -> Abstract:
    # Where a way does not bind the name, using it behind that way is an error: it does not count.
    values = [way[name] for way in ways if name in way]
    if first_wins and name in ways[0] and not _is_data(ways[0][name]):
        return ways[0][name]
    return merged(values, name)


def _is_data(value: Abstract) -> bool:
    return isinstance(value, (Known, Unknown, Pattern, Items, Table, Moment, FunctionValue))


def loosened(owner: Items | Table, depth: int) -> bool:
    """Whether a change of a list or dict only happens in a branch that is not settled."""
    return depth > (owner.born or 0)


def put(table: Table, key: object, value: Abstract, depth: int) -> None:
    """Set an item of a dict, `depth` unsettled branches deep."""
    if loosened(table, depth):
        old = table.items.get(key)
        if old is None:
            table.exact = False
        value = merged([old or Unknown(str(key)), value], str(key))
    table.items[key] = value


def snapshot(value: Abstract) -> Abstract:
    """The value as it is now: lists and dicts may change later."""
    if isinstance(value, Items):
        return Items([snapshot(item) for item in value.items], value.exact)
    if isinstance(value, Table):
        items = {key: snapshot(item) for key, item in value.items.items()}
        return Table(items, value.exact, dict(value.origins))
    return value


def combined(tables: Sequence[Table]) -> Table:
    """One table for all the times that code was run: what was not alike each time is not known."""
    first = tables[0]
    found = Table({}, all(t.exact and t.items.keys() == first.items.keys() for t in tables))
    for key in dict.fromkeys(key for table in tables for key in table.items):
        values = [table.items.get(key, Unknown(str(key))) for table in tables]
        found.items[key] = _together(values, str(key))
        origins = [table.origins.get(key) for table in tables]
        if origins[0] is not None and all(o and o.node is origins[0].node for o in origins):
            found.origins[key] = origins[0]
    return found


def _together(values: Sequence[Abstract], text: str) -> Abstract:
    tables = [value for value in values if isinstance(value, Table)]
    if len(tables) == len(values):
        return combined(tables)
    return merged(values, text)
