"""Constant folding: a value that reading settles wherever it is used, or `Impossible`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dagferry.errors import Impossible
from dagferry.source.abstract import Abstract
from dagferry.source.bound_names import bound_times, changed_below
from dagferry.source.project import ParsedModule, SourceProject
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.walking import below

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
