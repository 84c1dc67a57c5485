"""Walking a syntax tree again and again: the children of a node are looked up once and kept with it."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def children(node: ast.AST) -> list[ast.AST]:
    """The direct children of a node, in the order of the source."""
    found: list[ast.AST] | None = node.__dict__.get("_children")
    if found is None:
        found = node.__dict__["_children"] = list(ast.iter_child_nodes(node))
    return found


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """The node and everything below it, in the order of the source."""
    stack = [node]
    while stack:
        one = stack.pop()
        yield one
        stack += reversed(children(one))
