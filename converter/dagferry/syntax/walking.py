"""Going through a part of a tree, in the order of the text.

Ask for a class of nodes (`below`, `own`, `loads`, `stores`) where that is enough: it is a look-up in
the index and visits nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar, overload

from dagferry.syntax import grammar

A = TypeVar("A", bound=grammar.Node)
B = TypeVar("B", bound=grammar.Node)
C = TypeVar("C", bound=grammar.Node)


@overload
def below(node: grammar.Node, kind: type[A], /) -> list[A]: ...
@overload
def below(node: grammar.Node, kind: type[A], other: type[B], /) -> list[A | B]: ...
@overload
def below(
    node: grammar.Node, kind: type[A], other: type[B], third: type[C], /
) -> list[A | B | C]: ...
def below(node: grammar.Node, /, *kinds: type[grammar.Node]) -> list[Any]:
    """The nodes of some classes that are a node or stand inside of it."""
    if len(kinds) == 1:
        return node.home.below(node, kinds[0])
    found = [one for kind in kinds for one in node.home.below(node, kind)]
    return sorted(found, key=lambda one: one.number)


@overload
def own(statement: grammar.Node, kind: type[A], /) -> list[A]: ...
@overload
def own(statement: grammar.Node, kind: type[A], other: type[B], /) -> list[A | B]: ...
@overload
def own(
    statement: grammar.Node, kind: type[A], other: type[B], third: type[C], /
) -> list[A | B | C]: ...
def own(statement: grammar.Node, /, *kinds: type[grammar.Node]) -> list[Any]:
    """The same without what stands in functions, classes and lambdas inside of a statement."""
    found: list[Any] = below(statement, *kinds)
    return [one for one in found if one.owner == statement.owner]


def loads(node: grammar.Node) -> list[grammar.Name]:
    """The names that a node reads, functions inside of it included."""
    return node.home.loads(node)


def stores(node: grammar.Node) -> list[grammar.Name]:
    """The names that a node binds or deletes, functions inside of it included."""
    return node.home.stores(node)


def own_stores(statement: grammar.Node) -> list[grammar.Name]:
    """The same without what stands in functions, classes and lambdas inside of a statement."""
    return [name for name in stores(statement) if name.owner == statement.owner]


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
