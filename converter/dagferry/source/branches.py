"""Following suites of which a run takes one, or perhaps none: `if`, `try`, `match`."""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.source.abstract import Known, Scope
from dagferry.source.following import Follower
from dagferry.source.merging import join, merged, names_now, put_back
from dagferry.source.suite_ends import Leave, Perhaps, Result
from dagferry.syntax import grammar


def follow_one_of(
    suites: Sequence[Sequence[grammar.Statement]],
    scope: Scope,
    machine: Follower,
    *,
    other: bool = False,
) -> Result:
    """Follow suites of which a run takes one, or with `other` perhaps none."""
    machine.doubt()
    before = names_now(scope)
    ways, results = [], list[Result]()
    for suite in suites:
        put_back(before)
        results.append(follow_perhaps(suite, scope, machine))
        if results[-1] is not Leave.RAISE:
            ways.append(names_now(scope))
    if other or not ways:
        ways.append(before)
    join(ways)
    return _result(results, other)


def _result(results: Sequence[Result], other: bool) -> Result:
    """What a suite returns when one of several results is its."""
    ended = [result for result in results if result is not Leave.RAISE]
    if not ended and results and not other:
        return Leave.RAISE
    values = [r.value if isinstance(r, Perhaps) else r for r in ended]
    given = [value for value in values if value is not None and not isinstance(value, Leave)]
    if not given:
        return None
    always = not other and len(given) == len(ended)
    always = always and not any(isinstance(r, Perhaps) for r in ended)
    value = merged(given, "return")
    return value if always else Perhaps(value)


def follow_try(node: grammar.Try, scope: Scope, machine: Follower) -> Result:
    """The body as if nothing failed; what a handler may leave otherwise is not known."""
    before = names_now(scope)
    result = machine.execute([*node.body, *node.orelse], scope)
    ways, results = [names_now(scope)], [result]
    for handler in node.handlers:
        put_back(before)
        found = follow_perhaps(handler.body, scope, machine, doubt=False)
        results.append(found)
        if found is not Leave.RAISE:
            ways.append(names_now(scope))
    join(ways, first_wins=True)
    last = machine.execute(node.finalbody, scope)
    return last if last is not None else _result(results, other=False)


def follow_perhaps(
    body: Sequence[grammar.Statement], scope: Scope, machine: Follower, *, doubt: bool = True
) -> Result:
    """Follow a suite that a run may pass over; `doubt` makes the DAG inexact."""
    if doubt:
        machine.doubt()
    machine.uncertain += 1
    result = machine.execute(body, scope)
    machine.uncertain -= 1
    return result


def follow_condition(node: grammar.If, scope: Scope, machine: Follower) -> Result:
    """Follow the branch that is taken, or both where only a run knows."""
    test = machine.evaluate(node.test, scope)
    if isinstance(test, Known):
        return machine.execute(node.body if test.value else node.orelse, scope)
    return follow_one_of([node.body, node.orelse], scope, machine)
