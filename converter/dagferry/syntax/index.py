"""The index of a module: its tree, every node by number and by class, and where things stand.

One pass over the libcst tree makes it. Every later question is a look-up here; nobody walks the
tree again to answer one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import TypeVar

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
        self._by_class = builder.by_class
        #: What `once` keeps, by the function that was asked.
        self.answers: dict[object, dict[int, object]] = {}

    def of(self, kind: type[N]) -> list[N]:
        """Every node of a class, in the order of the text."""
        return self._of(kind)

    def _of(self, kind: type[N]) -> list[N]:
        found = self._by_class.get(kind)
        if found is None:
            return []
        if kind not in self._ordered:
            found.sort(key=_number)
            self._ordered.add(kind)
        return found  # type: ignore[return-value]  # the table pairs a class with its nodes

    @cached_property
    def _ordered(self) -> set[type[grammar.Node]]:
        return set()

    def below(self, node: grammar.Node, kind: type[N]) -> list[N]:
        """Every node of a class that is a node or stands inside of it, in the order of the text."""
        return _between(self._of(kind), node)

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
    def _names(self) -> tuple[list[grammar.Name], list[grammar.Name]]:
        loads: list[grammar.Name] = []
        others: list[grammar.Name] = []
        for name in self._of(grammar.Name):
            (loads if name.ctx == "load" else others).append(name)
        return loads, others

    def loads(self, node: grammar.Node) -> list[grammar.Name]:
        """The names that a node reads, functions inside of it included."""
        return _between(self._names[0], node)

    def stores(self, node: grammar.Node) -> list[grammar.Name]:
        """The names that a node binds or deletes, functions inside of it included."""
        return _between(self._names[1], node)

    @cached_property
    def _by_id(self) -> dict[str, list[grammar.Name]]:
        found: dict[str, list[grammar.Name]] = {}
        for name in self._of(grammar.Name):
            found.setdefault(name.id, []).append(name)
        return found

    def named(self, node: grammar.Node, name: str) -> list[grammar.Name]:
        """Every place in a node that reads, binds or deletes a name."""
        return _between(self._by_id.get(name, []), node)

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
        return offset - self._starts[self.line_of(offset) - 1] + 1

    def span_of(self, node: grammar.Node) -> tuple[int, int]:
        """The offsets that a node begins and ends at, without its decorators."""
        return span_of(self, node)


def _number(node: grammar.Node) -> int:
    return node.number


def _between(found: list[N], node: grammar.Node) -> list[N]:
    """Those of a list in the order of the text that are a node or stand inside of it."""
    first = bisect_left(found, node.number, key=_number)
    return found[first : bisect_right(found, node.last, lo=first, key=_number)]


def parsed_expression(text: str) -> grammar.Expression:
    """The tree of a text that is one expression. Raises Unreadable."""
    statements = Index(parse(text.strip()), text.strip()).module.body
    if len(statements) != 1 or not isinstance(statements[0], grammar.Expr):
        raise Unreadable("expected an expression", 1, 1, text)
    return statements[0].value
