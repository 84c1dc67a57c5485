"""Going through a part of a tree, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.syntax import grammar


def children(node: grammar.Node) -> Iterator[grammar.Node]:
    """The direct children of a node."""
    nodes, number = node.home.nodes, node.number + 1
    while number <= node.last:
        child = nodes[number]
        yield child
        number = child.last + 1


def walk(node: grammar.Node) -> list[grammar.Node]:
    """The node and everything below it."""
    return node.home.nodes[node.number : node.last + 1]


def own_nodes(node: grammar.Node) -> Iterator[grammar.Node]:
    """Every node below, without going into functions and classes; nothing for those themselves."""
    if not isinstance(node, (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.ClassDef)):
        yield from body_nodes(node)


def body_nodes(function: grammar.Node) -> Iterator[grammar.Node]:
    """Every node of a function itself, without going into those nested in it."""
    nodes, number = function.home.nodes, function.number + 1
    while number <= function.last:
        node = nodes[number]
        yield node
        number = node.last + 1 if isinstance(node, grammar.NESTED) else number + 1
