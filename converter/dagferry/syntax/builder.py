"""Builds the tree that reading looks at from a libcst tree, in one pass in the order of the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import libcst as cst

from dagferry.syntax import grammar

N = TypeVar("N", bound=grammar.Node)
Make = Callable[["Builder", Any], grammar.Node]
_OWNERS: frozenset[type[cst.CSTNode]] = frozenset([cst.FunctionDef, cst.ClassDef, cst.Lambda])


class Builder:
    """One pass over one module. `nodes` fills in the order of the text."""

    def __init__(self, home: grammar.Home, makers: dict[type[cst.CSTNode], Make]) -> None:
        self.home = home
        self.makers = makers
        self.nodes: list[grammar.Node] = []
        self.above = -1
        self.owner = -1
        self.ctx: grammar.Context = "load"

    def node(self, found: cst.CSTNode) -> Any:
        """The node of a libcst node, with everything inside of it."""
        return self.made(found, self.makers[found.__class__])

    def made(self, found: cst.CSTNode, make: Make) -> Any:
        """The node that a function makes of a libcst node; what it makes meanwhile stands inside."""
        number, above, owner = len(self.nodes), self.above, self.owner
        self.nodes.append(_PLACEHOLDER)
        self.above = number
        if found.__class__ in _OWNERS:
            self.owner = number
        node = make(self, found)
        self.above, self.owner = above, owner
        node.number, node.above, node.last = number, above, len(self.nodes) - 1
        node.owner, node.cst, node.home = owner, found, self.home
        self.nodes[number] = node
        return node

    def optional(self, found: cst.CSTNode | None) -> Any:
        """The node of a libcst node, None for None."""
        return None if found is None else self.node(found)

    def target(self, found: cst.CSTNode, ctx: grammar.Context = "store") -> Any:
        """An expression that is bound or deleted rather than read."""
        before, self.ctx = self.ctx, ctx
        node = self.node(found)
        self.ctx = before
        return node

    def read(self, found: cst.CSTNode) -> Any:
        """An expression that is read, whatever is done with what it stands in."""
        return self.target(found, "load")


class _Placeholder(grammar.Node):
    """Stands for a node while what is inside of it is made."""


_PLACEHOLDER = _Placeholder()
