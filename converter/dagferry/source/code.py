"""An expression of the user's as the model holds it: its place, and what later stages ask of it."""

from __future__ import annotations

from dagferry.model.values import Code, Span
from dagferry.syntax import grammar


def code_of(node: grammar.Expression) -> Code:
    """The facts of an expression. It has the place of a node of its module's tree."""
    home = node.home
    start, end = home.span_of(node)
    names = tuple(dict.fromkeys(name.id for name in home.below(node, grammar.Name)))
    taken = [_without_output(one.value) for one in home.below(node, grammar.Subscript)]
    return Code(
        span=Span(start=start, end=end, line=home.line_of(start), column=home.column_of(start)),
        names=names,
        variable=_variable(_without_output(node)),
        items=_items(node),
        entries=tuple(one.id for one in taken if isinstance(one, grammar.Name)),
        entry_of_call=any(isinstance(one, grammar.Call) for one in taken),
        calls=bool(home.below(node, grammar.Call)),
    )


def _without_output(node: grammar.Expression) -> grammar.Expression:
    """`task.output` is what the task gives, as `task` is in arguments."""
    if isinstance(node, grammar.Attribute) and node.attr == "output":
        return node.value
    return node


def _variable(node: grammar.Expression) -> str | None:
    return node.id if isinstance(node, grammar.Name) else None


def _items(node: grammar.Expression) -> tuple[str, ...] | None:
    if not isinstance(node, (grammar.List, grammar.Tuple)):
        return None
    names = [one.id for one in node.elts if isinstance(one, grammar.Name)]
    return tuple(names) if len(names) == len(node.elts) else None
