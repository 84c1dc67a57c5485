"""Constant folding: a value that reading settles wherever it is used, or `Impossible`."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dagferry.errors import Impossible
from dagferry.source.abstract import Abstract
from dagferry.source.project import ParsedModule, SourceProject
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, owners, stores

_MUTATORS = frozenset(
    [
        "append",
        "extend",
        "insert",
        "pop",
        "remove",
        "clear",
        "update",
        "setdefault",
        "sort",
        "popitem",
        "reverse",
        "add",
        "discard",
        "difference_update",
        "intersection_update",
        "symmetric_difference_update",
        "appendleft",
        "extendleft",
        "popleft",
        "rotate",
    ]
)
_CALLS = {
    "datetime.timedelta": datetime.timedelta,
    "datetime.datetime": datetime.datetime,
    "pendulum.duration": datetime.timedelta,
}


@dataclass(frozen=True)
class Located:
    """An expression and the module it stands in.

    `value` is what following the code made of it where it was used; None where nothing was seen to
    use it. `spelled` says that the expression means the same wherever the DAG is made.
    """

    node: grammar.Expression
    module: ParsedModule
    value: Abstract | None = None
    spelled: bool = True


class Constants:
    """Folds expressions of one module.

    A name counts as constant when the whole module binds it once, by a plain assignment, and
    nothing changes it in place.
    """

    def __init__(self, module: ParsedModule, project: SourceProject) -> None:
        self.module = module
        self.project = project

    def fold(self, node: grammar.Expression) -> Any:
        """The Python value of an expression. Raises Impossible when only a run knows."""
        match node:
            case grammar.Constant():
                return node.value
            case grammar.Name() | grammar.Attribute():
                found = self.follow(node)
                if found is None:
                    raise Impossible
                return self._other(found.module).fold(found.node)
            case grammar.List() | grammar.Tuple() | grammar.Set():
                return [self.fold(element) for element in node.elts]
            case grammar.Dict():
                return {self.fold(k): self.fold(v) for k, v in self._pairs(node)}
            case grammar.UnaryOp(op="-", operand=operand):
                return -self._number(operand)
            case grammar.BinOp(op="*", left=left, right=right):
                return self._number(left) * self._number(right)
            case grammar.BinOp(op="+", left=left, right=right):
                return self._sum(self.fold(left), self.fold(right))
            case grammar.JoinedStr():
                return "".join(self._piece(value) for value in node.values)
            case grammar.Call():
                return self._call(node)
        raise Impossible

    def follow(self, node: grammar.Expression) -> Located | None:
        """What a name that is bound once stands for, in this module or another of the folder."""
        if isinstance(node, grammar.Name) and node.id in self.single:
            return Located(self.single[node.id], self.module)
        origin = qualified(node, self.module.imports)
        located = self.project.locate(origin) if origin else None
        if located is None:
            return None
        module, name = located
        value = self._other(module).single.get(name)
        return Located(value, module) if value is not None else None

    def dictionary(self, node: grammar.Expression) -> dict[str, Located]:
        """The items of a dict expression with strings as keys. Raises Impossible when it is computed."""
        match node:
            case grammar.Dict():
                return self._dict_items(node)
            case grammar.Call(func=grammar.Name(id="dict"), args=[], keywords=keywords):
                return self._keywords(keywords)
            case grammar.Name() | grammar.Attribute():
                found = self.follow(node)
                if found is not None:
                    return self._other(found.module).dictionary(found.node)
        raise Impossible

    def _dict_items(self, node: grammar.Dict) -> dict[str, Located]:
        items: dict[str, Located] = {}
        for key, value in zip(node.keys, node.values):
            if key is None:
                items |= self.dictionary(value)
            else:
                items[str(self.fold(key))] = Located(value, self.module)
        return items

    def _keywords(self, keywords: list[grammar.Keyword]) -> dict[str, Located]:
        items: dict[str, Located] = {}
        for keyword in keywords:
            if keyword.arg is None:
                items |= self.dictionary(keyword.value)
            else:
                items[keyword.arg] = Located(keyword.value, self.module)
        return items

    @cached_property
    def single(self) -> dict[str, grammar.Expression]:
        """Names that the module binds once, with the expression that they are bound to."""
        tree, plain = self.module.tree, dict[str, grammar.Expression]()
        bound, changed = bound_times(tree, self.module), changed_below(tree)
        for node in below(tree, grammar.Assign, grammar.AnnAssign):
            if node.value is not None:
                targets = node.targets if isinstance(node, grammar.Assign) else [node.target]
                plain.update({t.id: node.value for t in targets if isinstance(t, grammar.Name)})
        return {n: v for n, v in plain.items() if bound[n] == 1 and n not in changed}

    def _other(self, module: ParsedModule) -> Constants:
        return self if module is self.module else constants(module, self.project)

    def _pairs(self, node: grammar.Dict) -> list[tuple[grammar.Expression, grammar.Expression]]:
        if None in node.keys:
            raise Impossible
        return [(k, v) for k, v in zip(node.keys, node.values) if k is not None]

    def _number(self, node: grammar.Expression) -> Any:
        value = self.fold(node)
        if not isinstance(value, (int, float, datetime.timedelta)):
            raise Impossible
        return value

    def _sum(self, left: Any, right: Any) -> Any:
        if type(left) is not type(right):
            raise Impossible
        return left + right

    def _piece(self, node: grammar.Expression) -> str:
        if isinstance(node, grammar.FormattedValue):
            if node.format_spec is not None or node.conversion != -1:
                raise Impossible
            return str(self.fold(node.value))
        return str(self.fold(node))

    def _call(self, node: grammar.Call) -> Any:
        name = qualified(node.func, self.module.imports)
        function = _CALLS.get(name or "")
        if function is None:
            raise Impossible
        arguments = [self.fold(argument) for argument in node.args]
        named = {k.arg: self.fold(k.value) for k in node.keywords if k.arg}
        try:
            return function(*arguments, **named)
        except (TypeError, ValueError, OverflowError) as error:
            raise Impossible from error


def constants(module: ParsedModule, project: SourceProject) -> Constants:
    """The folder of constants of a module, made once for it."""
    found: Constants | None = module.__dict__.get("_constants")
    if found is None:
        found = module.__dict__["_constants"] = Constants(module, project)
    return found


def bound_times(node: grammar.Node, module: ParsedModule) -> Counter[str]:
    """How often the code of a module, or of a function in it, binds each name, at any depth."""
    known: dict[int, Counter[str]] = module.__dict__.setdefault("_bound_times", {})
    if node.number not in known:
        found = [inner for kind in _BINDING for inner in node.home.below(node, kind)]
        known[node.number] = Counter(name.id for name in stores(node))
        known[node.number].update(name for inner in found for name in _binds(inner))
    return known[node.number]


def functions_around(node: grammar.Node, module: ParsedModule) -> list[grammar.Node]:
    """The functions whose bodies a node stands in, from the outermost in."""
    found: list[grammar.Node] = [
        one
        for one in owners(node)
        if isinstance(one, (grammar.FunctionDef, grammar.AsyncFunctionDef))
        and any(statement.holds(node) for statement in one.body)
    ]
    return found[::-1] if node.home is module.index else []


_BINDING: tuple[type[grammar.Node], ...] = (
    *(grammar.Parameter, grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.ClassDef),
    *(grammar.Import, grammar.ImportFrom, grammar.ExceptHandler, grammar.Global, grammar.Nonlocal),
    grammar.AugAssign,
)


def _binds(node: grammar.Node) -> list[str]:
    """What a node of one of these classes binds."""
    match node:
        case grammar.Parameter():
            return [node.arg]
        case grammar.FunctionDef() | grammar.AsyncFunctionDef() | grammar.ClassDef():
            return [node.name]
        case grammar.Import() | grammar.ImportFrom():
            return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
        case grammar.ExceptHandler(name=str(name)):
            return [name]
        case grammar.Global() | grammar.Nonlocal():
            return [*node.names, *node.names]
        case grammar.AugAssign(target=grammar.Name(id=name)):
            return [name]
    return []


def changed_below(node: grammar.Node) -> set[str]:
    """The names of everything that code changes in place, functions in it included."""
    return {name for one in below(node, grammar.Subscript, grammar.Call) for name in changes(one)}


def changes(node: grammar.Node) -> set[str]:
    """The names of what a node changes in place: `x[...] = `, `x.append(...)`, `next(x)`."""
    match node:
        case grammar.Subscript(value=grammar.Name(id=name), ctx="store" | "del"):
            return {name}
        case grammar.Call(func=grammar.Attribute(value=grammar.Name(id=name), attr=attr)):
            return {name} if attr in _MUTATORS else set()
        case grammar.Call(func=grammar.Name(id="next"), args=[grammar.Name(id=name), *_]):
            return {name}
    return set()
