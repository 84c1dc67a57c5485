"""Going through a part of a tree, in the order of the text.

Ask for classes of nodes (`below`, `body`, `own`, `loads`, `stores`): that is a look-up in the index,
and nothing else is visited.
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
    return sorted(found, key=_number)


def _number(node: grammar.Node) -> int:
    return node.number


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


def body(function: grammar.Node, /, *kinds: type[A]) -> list[A]:
    """The nodes of some classes in a function itself, without what stands in those nested in it."""
    found: list[A] = [one for kind in kinds for one in function.home.below(function, kind)]
    own = [one for one in found if one.owner == function.number]
    return own if len(kinds) == 1 else sorted(own, key=_number)


def owners(node: grammar.Node) -> Iterator[grammar.Node]:
    """The functions, classes and lambdas that a node stands in, from the inside out."""
    while node.owner >= 0:
        node = node.home.nodes[node.owner]
        yield node


def around(node: grammar.Node) -> Iterator[grammar.Node]:
    """The nodes that a node stands in, from the inside out."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def loads(node: grammar.Node) -> list[grammar.Name]:
    """The names that a node reads, functions inside of it included."""
    return node.home.loads(node)


def stores(node: grammar.Node) -> list[grammar.Name]:
    """The names that a node binds or deletes, functions inside of it included."""
    return node.home.stores(node)


def named(node: grammar.Node, name: str) -> list[grammar.Name]:
    """Every place in a node that reads, binds or deletes a name."""
    return node.home.named(node, name)


def own_stores(statement: grammar.Node) -> list[grammar.Name]:
    """The same without what stands in functions, classes and lambdas inside of a statement."""
    return [name for name in stores(statement) if name.owner == statement.owner]


def children(node: grammar.Node) -> Iterator[grammar.Node]:
    """The direct children of a node."""
    return node.home.children(node)


def walk(node: grammar.Node) -> list[grammar.Node]:
    """The node and everything below it. Ask for it where the node is small."""
    return node.home.all_below(node)
