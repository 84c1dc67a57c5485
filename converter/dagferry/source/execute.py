"""Following statements: assignments, loops, conditions, definitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dagferry.source.abstract import (
    Abstract,
    Builder,
    ClassValue,
    DagValue,
    FunctionValue,
    GroupValue,
    Items,
    Known,
    Pattern,
    Scope,
    Table,
    Unknown,
)
from dagferry.source.edges import binary
from dagferry.source.scope import bindings
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled
from dagferry.syntax.walking import walk

if TYPE_CHECKING:
    from dagferry.source.machine import Machine

MAX_TURNS = 500


def execute(body: Sequence[grammar.Statement], scope: Scope, machine: Machine) -> Abstract | None:
    """Follow a suite; the value of a `return` that was reached, else None."""
    for statement in body:
        machine.steps -= 1
        if machine.steps < 0:
            machine.doubt()
            return None
        result = _statement(statement, scope, machine)
        if result is not None:
            return result
    return None


def _statement(node: grammar.Statement, scope: Scope, machine: Machine) -> Abstract | None:
    match node:
        case grammar.Return():
            return machine.evaluate(node.value, scope) if node.value else Known(None)
        case grammar.Expr():
            machine.evaluate(node.value, scope)
        case grammar.Assign() | grammar.AnnAssign() | grammar.AugAssign():
            _assignment(node, scope, machine)
        case grammar.For() | grammar.AsyncFor():
            return _loop(node, scope, machine)
        case grammar.If():
            return _condition(node, scope, machine)
        case grammar.With() | grammar.AsyncWith():
            return _with(node, scope, machine)
        case grammar.FunctionDef() | grammar.AsyncFunctionDef():
            scope.names[node.name] = FunctionValue(node, scope.module, scope)
        case grammar.ClassDef():
            scope.names[node.name] = ClassValue(node, scope.module)
        case grammar.Import() | grammar.ImportFrom():
            module = scope.module
            for local, origin in bindings(node, module.name, module.is_package, module.known):
                scope.names[local] = machine.imported(module.canonical(origin))
        case grammar.Try():
            return machine.execute([*node.body, *node.orelse, *node.finalbody], scope)
        case grammar.While():
            _forget(node.body, scope)
            return _uncertain(node.body, scope, machine)
        case grammar.Match():
            for case in node.cases:
                _uncertain(case.body, scope, machine)
    return None


def _assignment(
    node: grammar.Assign | grammar.AnnAssign | grammar.AugAssign, scope: Scope, machine: Machine
) -> None:
    if node.value is None:
        return
    value = machine.evaluate(node.value, scope)
    if isinstance(node, grammar.AugAssign):
        old = machine.evaluate(node.target, scope)
        value = binary(node.op, old, value, spelled(node.target), machine)
        bind(node.target, value, scope, machine)
        return
    for target in node.targets if isinstance(node, grammar.Assign) else [node.target]:
        bind(target, value, scope, machine)


def bind(target: grammar.Expression, value: Abstract, scope: Scope, machine: Machine) -> None:
    """Give a target of an assignment or a loop its value."""
    match target:
        case grammar.Name():
            scope.names[target.id] = value
        case grammar.Tuple() | grammar.List():
            _unpack(target, value, scope, machine)
        case grammar.Subscript():
            owner = machine.evaluate(target.value, scope)
            key = machine.evaluate(target.slice, scope)
            if isinstance(value, DagValue) and isinstance(key, Known):
                # globals()["name"] = dag
                machine.published.setdefault(value.builder, str(key.value))
            if isinstance(owner, Table) and isinstance(key, Known):
                owner.items[key.value] = value
            elif isinstance(owner, (Table, Items)):
                owner.exact = False
        case grammar.Starred():
            bind(target.value, Unknown(spelled(target.value)), scope, machine)


def _unpack(
    target: grammar.Tuple | grammar.List, value: Abstract, scope: Scope, machine: Machine
) -> None:
    parts: Sequence[Abstract] = ()
    if isinstance(value, Items) and value.exact:
        parts = value.items
    elif isinstance(value, Known) and isinstance(value.value, (list, tuple)):
        parts = [Known(item) for item in value.value]
    plain = len(parts) == len(target.elts)
    for index, element in enumerate(target.elts):
        unknown = Unknown(spelled(element))
        bind(element, parts[index] if plain else unknown, scope, machine)


def turns(value: Abstract) -> tuple[list[Abstract], bool]:
    """The items that a loop over the value sees, and whether that is all it sees."""
    if isinstance(value, Items):
        return value.items[:MAX_TURNS], value.exact and len(value.items) <= MAX_TURNS
    if isinstance(value, Table):
        return [Known(key) for key in value.items], value.exact
    if isinstance(value, Known) and isinstance(value.value, (list, tuple, str, range, dict)):
        items = [Known(item) for item in value.value]
        return list(items[:MAX_TURNS]), len(items) <= MAX_TURNS
    return [], False


def _loop(node: grammar.For | grammar.AsyncFor, scope: Scope, machine: Machine) -> Abstract | None:
    items, exact = turns(machine.evaluate(node.iter, scope))
    if exact:
        for item in items:
            bind(node.target, item, scope, machine)
            result = machine.execute(node.body, scope)
            if result is not None:
                return result
            if _leaves_early(node.body):
                machine.doubt()
        return machine.execute(node.orelse, scope)
    _forget(node.body, scope)
    bind(node.target, Unknown(spelled(node.target)), scope, machine)
    return _uncertain(node.body, scope, machine)


def _forget(body: Sequence[grammar.Statement], scope: Scope) -> None:
    """What a loop of unknown length binds has no known value in it."""
    for statement in body:
        for node in walk(statement):
            name = node.id if isinstance(node, grammar.Name) else ""
            if isinstance(scope.names.get(name), (Known, Pattern)) and _is_bound(node):
                scope.names[name] = Unknown(name)


def _is_bound(node: grammar.Node) -> bool:
    return isinstance(node, grammar.Name) and node.ctx != "load"


def _leaves_early(body: Sequence[grammar.Statement]) -> bool:
    return any(isinstance(n, (grammar.Break, grammar.Continue)) for s in body for n in walk(s))


def _uncertain(
    body: Sequence[grammar.Statement], scope: Scope, machine: Machine
) -> Abstract | None:
    machine.doubt()
    machine.uncertain += 1
    result = machine.execute(body, scope)
    machine.uncertain -= 1
    return result


def _condition(node: grammar.If, scope: Scope, machine: Machine) -> Abstract | None:
    test = machine.evaluate(node.test, scope)
    if isinstance(test, Known):
        return machine.execute(node.body if test.value else node.orelse, scope)
    before = dict(scope.names)
    first = _uncertain(node.body, scope, machine)
    taken = dict(scope.names)
    second = _uncertain(node.orelse, scope, machine)
    for name, value in taken.items():
        if scope.names.get(name) is before.get(name):
            scope.names[name] = value
    return first if first is not None else second


def _with(
    node: grammar.With | grammar.AsyncWith, scope: Scope, machine: Machine
) -> Abstract | None:
    opened: list[Abstract] = []
    for item in node.items:
        value = machine.evaluate(item.context_expr, scope)
        opened.append(value)
        if item.optional_vars is not None:
            bind(item.optional_vars, value, scope, machine)
    return _inside(opened, node, scope, machine)


def _inside(
    opened: list[Abstract], node: grammar.With | grammar.AsyncWith, scope: Scope, machine: Machine
) -> Abstract | None:
    dags = [value.builder for value in opened if isinstance(value, DagValue)]
    groups = [value for value in opened if isinstance(value, GroupValue)]
    machine.current += dags
    for group in groups:
        _enter_group(group.builder, node.items[0].context_expr, scope, machine)
    result = machine.execute(node.body, scope)
    for group in groups:
        group.builder.group = group.builder.group[:-1]
    if dags:
        del machine.current[-len(dags) :]
    return result


def _enter_group(
    builder: Builder, call: grammar.Expression, scope: Scope, machine: Machine
) -> None:
    name: Abstract = Unknown("group")
    if isinstance(call, grammar.Call):
        named = [k.value for k in call.keywords if k.arg == "group_id"]
        node = (named or call.args)[:1]
        name = machine.evaluate(node[0], scope) if node else name
    builder.group = (*builder.group, str(name.value) if isinstance(name, Known) else "{group}")
