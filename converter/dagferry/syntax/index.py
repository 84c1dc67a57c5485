"""The index of a module: its tree, every node by number and by class, and where things stand.

One pass over the libcst tree makes it. Every later question is a look-up here; nobody walks the
tree again to answer one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Generic, TypeVar

import libcst as cst

from dagferry.syntax import expressions, grammar, statements, strings
from dagferry.syntax.builder import Builder
from dagferry.syntax.parse import Unreadable, parse
from dagferry.syntax.places import span_of
from dagferry.syntax.positions import Positions

N = TypeVar("N", bound=grammar.Node)
# Where Python ends a line; str.splitlines knows more line ends than Python does.
_NEWLINE = re.compile(r"\r\n|\r|\n")
_MAKERS = expressions.MAKERS | statements.MAKERS | strings.MAKERS


class Index:
    """A parsed module, ready to be asked. `cst` is its libcst tree, `text` what it was parsed from."""

    def __init__(self, module: cst.Module, text: str) -> None:
        self.cst = module
        self.text = text
        builder = Builder(self, _MAKERS)
        self.module: grammar.Module = builder.node(module)
        self.nodes = builder.nodes
        #: What `once` keeps, by the function that was asked.
        self.answers: dict[object, dict[int, object]] = {}

    def of(self, kind: type[N]) -> list[N]:
        """Every node of a class, in the order of the text."""
        return self._of(kind)

    def _of(self, kind: type[N]) -> list[N]:
        return self._kind(kind).nodes

    def _kind(self, kind: type[N]) -> _Ordered[N]:
        found = self._ordered.get(kind)
        if found is None:
            found = self._ordered[kind] = _Ordered(self._by_class.get(kind, []))
        return found  # the table pairs a class with its nodes

    @cached_property
    def _by_class(self) -> dict[type[grammar.Node], list[Any]]:
        found: dict[type[grammar.Node], list[Any]] = {}
        for node in self.nodes:
            found.setdefault(node.__class__, []).append(node)
        return found

    @cached_property
    def _ordered(self) -> dict[type[grammar.Node], _Ordered[Any]]:
        return {}

    def below(self, node: grammar.Node, kind: type[N]) -> list[N]:
        """Every node of a class that is a node or stands inside of it, in the order of the text."""
        return self._kind(kind).inside(node)

    def all_below(self, node: grammar.Node) -> list[grammar.Node]:
        """A node and every node inside of it, in the order of the text."""
        return self.nodes[node.number : node.last + 1]

    def children(self, node: grammar.Node) -> Iterator[grammar.Node]:
        """The nodes directly inside of a node, in the order of the text."""
        nodes, number = self.nodes, node.number + 1
        while number <= node.last:
            child = nodes[number]
            yield child
            number = child.last + 1

    @cached_property
    def _names(self) -> tuple[_Ordered[grammar.Name], _Ordered[grammar.Name]]:
        loads: list[grammar.Name] = []
        others: list[grammar.Name] = []
        for name in self._of(grammar.Name):
            (loads if name.ctx == "load" else others).append(name)
        return _Ordered(loads), _Ordered(others)

    def loads(self, node: grammar.Node) -> list[grammar.Name]:
        """The names that a node reads, functions inside of it included."""
        return self._names[0].inside(node)

    def stores(self, node: grammar.Node) -> list[grammar.Name]:
        """The names that a node binds or deletes, functions inside of it included."""
        return self._names[1].inside(node)

    @cached_property
    def _by_id(self) -> dict[str, _Ordered[grammar.Name]]:
        found: dict[str, list[grammar.Name]] = {}
        for name in self._of(grammar.Name):
            found.setdefault(name.id, []).append(name)
        return {name: _Ordered(nodes) for name, nodes in found.items()}

    def named(self, node: grammar.Node, name: str) -> list[grammar.Name]:
        """Every place in a node that reads, binds or deletes a name."""
        found = self._by_id.get(name)
        return [] if found is None else found.inside(node)

    # Places.

    @cached_property
    def positions(self) -> Positions:
        """Where each libcst node stands. Computed when first asked for: many files never are."""
        return Positions(self.cst)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _NEWLINE.finditer(self.text))]

    def line_of(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return bisect_right(self._starts, offset)

    def column_of(self, offset: int) -> int:
        """The column of an offset on its line, from 1, in characters."""
        return self.place_of(offset)[1]

    def place_of(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span_of(self, node: grammar.Node) -> tuple[int, int]:
        """The offsets that a node begins and ends at, without its decorators."""
        return span_of(self, node)


class _Ordered(Generic[N]):
    """Nodes in the order of the text, with their numbers beside them for bisection."""

    __slots__ = ("nodes", "numbers")

    def __init__(self, nodes: list[N]) -> None:
        self.nodes = nodes
        self.numbers = [node.number for node in nodes]

    def inside(self, node: grammar.Node) -> list[N]:
        """Those that are a node or stand inside of it."""
        first = bisect_left(self.numbers, node.number)
        return self.nodes[first : bisect_right(self.numbers, node.last, first)]


def parsed_expression(text: str) -> grammar.Expression:
    """The tree of a text that is one expression. Raises Unreadable."""
    statements = Index(parse(text.strip()), text.strip()).module.body
    if len(statements) != 1 or not isinstance(statements[0], grammar.Expr):
        raise Unreadable("expected an expression", 1, 1, text)
    return statements[0].value
