"""Walking a syntax tree again and again: the children of a node are looked up once and kept with it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


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


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below, without going into functions and classes; nothing for those themselves."""
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield from body_nodes(node)


def body_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Every node of a function itself, without going into those nested in it."""
    stack = list(reversed(children(function)))
    while stack:
        one = stack.pop()
        yield one
        if not isinstance(one, _NESTED):
            stack += reversed(children(one))
