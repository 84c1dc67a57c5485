"""Following comprehensions: loops inside an expression."""

from __future__ import annotations

from dagferry.source.abstract import Abstract, Items, Known, Scope, Table, Unknown, as_text
from dagferry.source.assignments import bind
from dagferry.source.following import Follower
from dagferry.source.loops import iterations
from dagferry.source.outside import made, note_outside
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled


def comprehension(
    node: grammar.ListComp | grammar.SetComp | grammar.GeneratorExp | grammar.DictComp,
    scope: Scope,
    machine: Follower,
) -> Abstract:
    """What a comprehension gives: its element once for every iteration that is known."""
    inner = Scope(scope.module, {}, scope)
    table, items = Table({}), Items([])
    exact = _turn(node, 0, inner, machine, table, items)
    table.exact = items.exact = exact
    return table if isinstance(node, grammar.DictComp) else items


def _turn(
    node: grammar.ListComp | grammar.SetComp | grammar.GeneratorExp | grammar.DictComp,
    depth: int,
    scope: Scope,
    machine: Follower,
    table: Table,
    items: Items,
) -> bool:
    if depth == len(node.generators):
        if not isinstance(node, grammar.DictComp):
            items.items.append(machine.evaluate(node.elt, scope))
            return True
        key = machine.evaluate(node.key, scope)
        value = machine.evaluate(node.value, scope)
        table.items[key.value if isinstance(key, Known) else as_text(key).text] = value
        return isinstance(key, Known)
    generator = node.generators[depth]
    values, exact = iterations(machine.evaluate(generator.iter, scope))
    before = made(machine)
    if not exact:
        values = [Unknown(spelled(generator.target))]
        machine.doubt()
        machine.uncertain += 1
    for value in values:
        bind(generator.target, value, scope, machine)
        tests = [machine.evaluate(test, scope) for test in generator.ifs]
        if all(isinstance(test, Known) and test.value for test in tests):
            exact = _turn(node, depth + 1, scope, machine, table, items) and exact
        elif not any(isinstance(test, Known) for test in tests):
            exact = False
            machine.doubt()
            _turn(node, depth + 1, scope, machine, table, items)
    if values and isinstance(values[0], Unknown):
        machine.uncertain -= 1
        note_outside(generator.iter, before, scope, machine)
    return exact
