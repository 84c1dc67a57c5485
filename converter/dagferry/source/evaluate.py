"""What an expression of DAG-building code is, as far as reading tells."""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.source.abstract import (
    Abstract,
    ClassValue,
    DagValue,
    External,
    FunctionValue,
    Items,
    Known,
    LooseTask,
    Method,
    ModuleValue,
    Origin,
    Pattern,
    Scope,
    Table,
    TaskValue,
    Unknown,
    as_text,
    text_value,
)
from dagferry.source.comparisons import compare
from dagferry.source.comprehensions import comprehension
from dagferry.source.edges import binary
from dagferry.source.following import Follower
from dagferry.source.merging import merged
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled


def evaluate(node: grammar.Expression, scope: Scope, machine: Follower) -> Abstract:
    """What the expression is; it may make tasks and edges on the way."""
    match node:
        case grammar.Constant():
            return Known(node.value)
        case grammar.Name():
            return _name(node, scope)
        case grammar.Call():
            return machine.call(node, scope)
        case grammar.Attribute():
            return _attribute(node, scope, machine)
        case grammar.List() | grammar.Tuple() | grammar.Set():
            return _display(node.elts, scope, machine)
        case grammar.Dict():
            return _dict(node, scope, machine)
        case grammar.JoinedStr():
            return _joined(node, scope, machine)
        case grammar.BinOp():
            left = machine.evaluate(node.left, scope)
            right = machine.evaluate(node.right, scope)
            return binary(node.op, left, right, spelled(node), machine)
        case grammar.Subscript():
            return _subscript(node, scope, machine)
        case grammar.ListComp() | grammar.SetComp() | grammar.GeneratorExp() | grammar.DictComp():
            return comprehension(node, scope, machine)
        case grammar.Lambda():
            return FunctionValue(node, scope.module, scope)
        case _:
            return _rest(node, scope, machine)


def _rest(node: grammar.Expression, scope: Scope, machine: Follower) -> Abstract:
    match node:
        case grammar.UnaryOp():
            return _unary(node, machine.evaluate(node.operand, scope))
        case grammar.Compare():
            return compare(node, scope, machine)
        case grammar.BoolOp():
            return _boolean(node, scope, machine)
        case grammar.IfExp():
            test = machine.evaluate(node.test, scope)
            if isinstance(test, Known):
                return machine.evaluate(node.body if test.value else node.orelse, scope)
            return _both(node, scope, machine)
        case grammar.NamedExpr():
            value = machine.evaluate(node.value, scope)
            scope.bind(node.target.id, value)
            return value
        case grammar.Starred() | grammar.Await():
            return machine.evaluate(node.value, scope)
        case grammar.Yield(value=grammar.Expression() as value) | grammar.YieldFrom(value=value):
            # Who takes what a generator gives is not followed.
            machine.doubt()
            machine.evaluate(value, scope)
    return Unknown(spelled(node))


def _name(node: grammar.Name, scope: Scope) -> Abstract:
    value = scope.lookup(node.id)
    return value if value is not None else _unbound(node, scope)


def _unbound(node: grammar.Name, scope: Scope) -> Abstract:
    if node.id in _BUILTINS and node.id not in scope.module.imports:
        return External(f"builtins.{node.id}")
    return Unknown(node.id)


_BUILTINS = frozenset(
    [
        "range",
        "len",
        "enumerate",
        "zip",
        "list",
        "tuple",
        "dict",
        "set",
        "sorted",
        "str",
        "int",
        "float",
        "bool",
        "reversed",
        "print",
        "globals",
    ]
)


def _attribute(node: grammar.Attribute, scope: Scope, machine: Follower) -> Abstract:
    owner = machine.evaluate(node.value, scope)
    if isinstance(owner, External):
        return machine.imported(f"{owner.name}.{node.attr}")
    if isinstance(owner, ModuleValue):
        value = machine.run(owner.module).names.get(node.attr)
        if value is not None:
            return value
        inner = machine.project.find(f"{owner.module.name}.{node.attr}")
        return ModuleValue(inner) if inner else Unknown(node.attr)
    if isinstance(owner, ClassValue) and node.attr in owner.names:
        return owner.names[node.attr]
    if isinstance(owner, (TaskValue, LooseTask)) and node.attr == "output":
        return owner
    if isinstance(owner, Unknown):
        return Unknown(f"{owner.text}.{node.attr}")
    if isinstance(owner, DagValue):
        machine.asked_dags.setdefault(node, (scope.module, owner.builder))
    return Method(owner, node.attr)


def _display(elements: Sequence[grammar.Expression], scope: Scope, machine: Follower) -> Abstract:
    items: list[Abstract] = []
    exact = True
    for element in elements:
        value = machine.evaluate(element, scope)
        if not isinstance(element, grammar.Starred):
            items.append(value)
        elif isinstance(value, Items):
            items += value.items
            exact = exact and value.exact
        else:
            exact = False
    return Items(items, exact)


def _dict(node: grammar.Dict, scope: Scope, machine: Follower) -> Abstract:
    table = Table({})
    for key_node, value_node in zip(node.keys, node.values):
        value = machine.evaluate(value_node, scope)
        key = machine.evaluate(key_node, scope) if key_node else None
        if key is None and isinstance(value, Table):
            table.items.update(value.items)
            table.origins.update(value.origins)
            table.exact = table.exact and value.exact
        elif isinstance(key, Known):
            table.items[key.value] = value
            table.origins[key.value] = Origin(value_node, scope)
        else:
            table.exact = False
    return table


def _joined(node: grammar.JoinedStr, scope: Scope, machine: Follower) -> Abstract:
    text = ""
    for part in node.values:
        if isinstance(part, grammar.FormattedValue):
            value = machine.evaluate(part.value, scope)
            plain = part.format_spec is None and part.conversion == -1
            text += as_text(value if plain else Unknown(spelled(part.value))).text
        else:
            text += as_text(machine.evaluate(part, scope)).text
    return text_value(Pattern(text))


def _subscript(node: grammar.Subscript, scope: Scope, machine: Follower) -> Abstract:
    owner = machine.evaluate(node.value, scope)
    if isinstance(owner, TaskValue):
        machine.subscripted.add(owner.builder.nodes[owner.index].call)
        return owner
    key = machine.evaluate(node.slice, scope) if not isinstance(node.slice, grammar.Slice) else None
    if isinstance(key, Known):
        try:
            if isinstance(owner, Table):
                return owner.items.get(key.value, Unknown(spelled(node)))
            if isinstance(owner, Items) and owner.exact:
                return owner.items[int(key.value)]
            if isinstance(owner, Known):
                return Known(owner.value[key.value])
        except (LookupError, TypeError, ValueError):
            return Unknown(spelled(node))
    # Some item of a list that holds tasks: which one is not known.
    if isinstance(owner, (Items, Table)):
        machine.doubt()
    return Unknown(spelled(node))


def _unary(node: grammar.UnaryOp, value: Abstract) -> Abstract:
    if isinstance(value, Known):
        if node.op == "not":
            return Known(not value.value)
        if node.op == "-" and isinstance(value.value, (int, float)):
            return Known(-value.value)
    if node.op == "not" and isinstance(value, (Items, Table)) and value.exact:
        return Known(not value.items)
    return Unknown(spelled(node))


def _boolean(node: grammar.BoolOp, scope: Scope, machine: Follower) -> Abstract:
    value: Abstract = Unknown(spelled(node))
    for operand in node.values:
        value = machine.evaluate(operand, scope)
        if not isinstance(value, Known):
            return Unknown(spelled(node))
        if bool(value.value) == (node.op == "or"):
            return value
    return value


def _both(node: grammar.IfExp, scope: Scope, machine: Follower) -> Abstract:
    machine.doubt()
    first = machine.evaluate(node.body, scope)
    second = machine.evaluate(node.orelse, scope)
    return merged([second, first], spelled(node))
