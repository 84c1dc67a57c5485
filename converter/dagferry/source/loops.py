"""Following loops: iteration by iteration where the items are known."""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.source.abstract import (
    Abstract,
    Items,
    Known,
    Moment,
    Pattern,
    Scope,
    Table,
    Unknown,
    tasks_in,
)
from dagferry.source.assignments import bind
from dagferry.source.branches import follow_perhaps
from dagferry.source.following import Follower
from dagferry.source.merging import join, merged, names_now
from dagferry.source.outside import made, note_outside
from dagferry.source.suite_ends import Leave, Perhaps, Result
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled
from dagferry.syntax.walking import below, stores

#: No loop is followed further: the rest of its tasks makes the DAG inexact.
MAX_ITERATIONS = 500


def iterations(value: Abstract) -> tuple[list[Abstract], bool]:
    """The items that a loop over the value sees, and whether that is all it sees."""
    if isinstance(value, Items):
        return value.items[:MAX_ITERATIONS], value.exact and len(value.items) <= MAX_ITERATIONS
    if isinstance(value, Table):
        return [Known(key) for key in value.items], value.exact
    if isinstance(value, Known) and isinstance(value.value, (list, tuple, str, range, dict)):
        items = [Known(item) for item in value.value]
        return list(items[:MAX_ITERATIONS]), len(items) <= MAX_ITERATIONS
    return [], False


def follow_loop(node: grammar.For | grammar.AsyncFor, scope: Scope, machine: Follower) -> Result:
    """Follow a `for` loop and its `else`."""
    items, exact = iterations(machine.evaluate(node.iter, scope))
    if not exact:
        before_loop = made(machine)
        left = follow_unsettled_loop(node.body, scope, machine, node.target)
        note_outside(node.iter, before_loop, scope, machine)
        return left
    perhaps: list[Abstract] = []
    before = names_now(scope)
    for item in items:
        bind(node.target, item, scope, machine)
        result = machine.execute(node.body, scope)
        if isinstance(result, Perhaps):
            perhaps.append(result.value)
        elif result is Leave.BREAK:
            return Perhaps(merged(perhaps, "return")) if perhaps else None
        elif result is not None and result is not Leave.CONTINUE:
            return result if not perhaps else Perhaps(merged(perhaps, "return"))
        if _leaves_early(node.body):
            machine.doubt()
    if _leaves_early(node.body):
        # Where a branch that is not settled leaves the loop, later iterations may not have been.
        join([before, names_now(scope)])
        _forget(node.body, scope)
    result = machine.execute(node.orelse, scope)
    return result if result is not None or not perhaps else Perhaps(merged(perhaps, "return"))


def follow_unsettled_loop(
    body: Sequence[grammar.Statement],
    scope: Scope,
    machine: Follower,
    target: grammar.Expression | None = None,
) -> Result:
    """A loop whose number of iterations only a run knows."""
    before = names_now(scope)
    _forget(body, scope)
    if target is not None:
        bind(target, Unknown(spelled(target)), scope, machine)
    result = follow_perhaps(body, scope, machine)
    _forget(body, scope)
    join([before, names_now(scope)])
    if result is None or isinstance(result, (Leave, Perhaps)):
        return None if isinstance(result, Leave) else result
    return Perhaps(result)


def _forget(body: Sequence[grammar.Statement], scope: Scope) -> None:
    """What a loop of unknown length binds has no known value in it."""
    for statement in body:
        for name in stores(statement):
            if _is_plain(scope.names.get(name.id)):
                scope.names[name.id] = Unknown(name.id)


def _is_plain(value: Abstract | None) -> bool:
    """Whether a value is data without tasks."""
    if isinstance(value, (Items, Table)):
        return not any(tasks_in(value))
    return isinstance(value, (Known, Pattern, Moment))


def _leaves_early(body: Sequence[grammar.Statement]) -> bool:
    return any(below(one, grammar.Break) or below(one, grammar.Continue) for one in body)
