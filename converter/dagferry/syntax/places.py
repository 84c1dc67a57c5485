"""Where the nodes of the tree stand, as Python's own parser says it.

libcst leaves brackets out of a node's place and an annotation out of a parameter's; Python counts a
tuple's brackets and a parameter's annotation as part of it.
"""

from __future__ import annotations

import libcst as cst

from dagferry.syntax import grammar


def span_of(index: grammar.Home, node: grammar.Node) -> tuple[int, int]:
    """The offsets that a node begins and ends at, without its decorators."""
    try:
        start, end = index.positions.start(node.cst), index.positions.end(node.cst)
    except KeyError:
        return _around(index, node)
    match node:
        case grammar.Tuple() if isinstance(node.cst, cst.SubscriptElement):
            return start, span_of(index, node.elts[-1])[1]
        case grammar.Tuple() | grammar.GeneratorExp():
            return _with_brackets(index, node, start, end)
        case grammar.Parameter():
            return _parameter(index, node, start, end)
    return start, end


def _around(index: grammar.Home, node: grammar.Node) -> tuple[int, int]:
    """The place of a node that libcst has none for: that of what is in it, else of what it is in."""
    inner = [one for one in index.nodes[node.number + 1 : node.last + 1] if _has_place(index, one)]
    if inner:
        return span_of(index, inner[0])[0], max(span_of(index, one)[1] for one in inner)
    above = node.parent
    while above is not None and not _has_place(index, above):
        above = above.parent
    return (0, len(index.text)) if above is None else span_of(index, above)


def _has_place(index: grammar.Home, node: grammar.Node) -> bool:
    try:
        index.positions.start(node.cst)
    except KeyError:
        return False
    return True


def _parameter(
    index: grammar.Home, node: grammar.Parameter, start: int, end: int
) -> tuple[int, int]:
    """A parameter begins at its name, behind its stars, and ends behind its annotation."""
    while index.text[start] == "*" or index.text[start].isspace():
        start += 1
    return start, span_of(index, node.annotation)[1] if node.annotation is not None else end


def _with_brackets(
    index: grammar.Home, node: grammar.Node, start: int, end: int
) -> tuple[int, int]:
    """The brackets of a tuple belong to it, as those of the call to a generator that is all it has."""
    brackets = node.cst
    if isinstance(brackets, (cst.Tuple, cst.GeneratorExp)) and brackets.lpar:
        return _opening(index.text, start), _closing(index.text, end)
    call = node.parent
    if isinstance(node, grammar.GeneratorExp) and isinstance(call, grammar.Call):
        return _opening(index.text, start), span_of(index, call)[1]
    return start, end


def _opening(text: str, end: int) -> int:
    """The bracket before an offset; only blanks and comments stand between the two."""
    while True:
        begin = text.rfind("\n", 0, end) + 1
        line = text[begin:end].rstrip()
        if line.endswith("("):
            return begin + len(line) - 1
        if "#" in line and "(" in line.partition("#")[0]:
            return begin + line.partition("#")[0].rindex("(")
        end = begin - 1


def _closing(text: str, position: int) -> int:
    """Behind the bracket that follows an offset; blanks, a comma and comments may come first."""
    while text[position] != ")":
        position = text.index("\n", position) if text[position] == "#" else position + 1
    return position + 1
