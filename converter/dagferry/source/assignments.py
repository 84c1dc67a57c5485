"""Following assignments: what names, items and attributes are bound to."""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.source.abstract import (
    Abstract,
    ClassValue,
    DagValue,
    Items,
    Known,
    LooseTask,
    ModuleValue,
    Origin,
    Scope,
    Table,
    Unknown,
)
from dagferry.source.edges import binary, put_into
from dagferry.source.following import Follower
from dagferry.source.merging import merged, put
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled


def follow_assignment(
    node: grammar.Assign | grammar.AnnAssign | grammar.AugAssign, scope: Scope, machine: Follower
) -> None:
    """Bind every target of an assignment to the value of its right side."""
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
        _note_origin(target, node.value, scope, machine)


def _note_origin(
    target: grammar.Expression, node: grammar.Expression, scope: Scope, machine: Follower
) -> None:
    """Keep where the value of an item is spelled: `options["retries"] = ...`."""
    if isinstance(target, grammar.Subscript):
        owner, key = machine.values.get(target.value), machine.values.get(target.slice)
        if isinstance(owner, Table) and isinstance(key, Known):
            owner.origins.pop(key.value, None)
            if owner.items.get(key.value) is machine.values.get(node):
                owner.origins[key.value] = Origin(node, scope)


def bind(target: grammar.Expression, value: Abstract, scope: Scope, machine: Follower) -> None:
    """Give a target of an assignment or a loop its value."""
    match target:
        case grammar.Name():
            scope.bind(target.id, value)
        case grammar.Tuple() | grammar.List():
            _unpack(target, value, scope, machine)
        case grammar.Attribute():
            _set_attribute(target, value, scope, machine)
        case grammar.Subscript():
            owner = machine.evaluate(target.value, scope)
            key = machine.evaluate(target.slice, scope)
            if isinstance(value, DagValue) and isinstance(key, Known):
                # globals()["name"] = dag
                machine.published.setdefault(value.builder, str(key.value))
            elif _is_globals(target.value) and isinstance(key, Known):
                list(scope.chain())[-1].names[str(key.value)] = value
            if isinstance(owner, Table) and isinstance(key, Known):
                put(owner, key.value, value, machine.uncertain)
            elif isinstance(owner, (Table, Items)):
                owner.exact = False
        case grammar.Starred():
            bind(target.value, Unknown(spelled(target.value)), scope, machine)


def _is_globals(node: grammar.Expression) -> bool:
    return isinstance(node, grammar.Call) and spelled(node.func) == "globals"


def _set_attribute(
    target: grammar.Attribute, value: Abstract, scope: Scope, machine: Follower
) -> None:
    """`task.dag = dag`, and `settings.WHEN = ...` of a module or class of the folder."""
    owner = machine.evaluate(target.value, scope)
    if isinstance(owner, LooseTask) and isinstance(value, DagValue) and target.attr == "dag":
        put_into(owner, value.builder, machine)
    if isinstance(owner, (ModuleValue, ClassValue)):
        names = owner.names if isinstance(owner, ClassValue) else machine.run(owner.module).names
        old = names.get(target.attr, Unknown(target.attr))
        names[target.attr] = merged([old, value], target.attr) if machine.uncertain else value


def _unpack(
    target: grammar.Tuple | grammar.List, value: Abstract, scope: Scope, machine: Follower
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
