"""Calls of TaskFlow: `work(...)`, `work.override(...)(...)`, `work.partial(...).expand(...)`."""

from __future__ import annotations

from dagferry.syntax import grammar


def callee(node: grammar.Call) -> grammar.Expression:
    """The expression that names what a TaskFlow call runs, without `.override(...)`."""
    function = node.func
    if isinstance(function, grammar.Call) and isinstance(function.func, grammar.Attribute):
        return function.func.value
    return function


def is_mapped(node: grammar.Call) -> bool:
    """Whether it is a call of `.expand(...)` or `.expand_kwargs(...)`."""
    names = {"expand", "expand_kwargs"}
    return isinstance(node.func, grammar.Attribute) and node.func.attr in names


def has_override(called: grammar.Expression) -> bool:
    """Whether `.override(...)` stands in what is called, behind `.partial(...)` or not."""
    match called:
        case grammar.Call(func=grammar.Attribute(attr="override")):
            return True
        case grammar.Call(func=inner) | grammar.Attribute(value=inner):
            return has_override(inner)
    return False


def override_keywords(node: grammar.Call) -> list[grammar.Keyword]:
    """The options that `.override(...)` gives in a call."""
    match node.func:
        case grammar.Call(func=grammar.Attribute(attr="override"), keywords=keywords):
            return keywords
        case grammar.Attribute(value=grammar.Call(func=grammar.Attribute()) as inner):
            # `.override(...).partial(...).expand(...)`
            named = isinstance(inner.func, grammar.Attribute) and inner.func.attr == "override"
            return inner.keywords if named else override_keywords(inner)
    return []


def with_overrides(decorator: grammar.Expression, node: grammar.Call) -> grammar.Call:
    """The options of a TaskFlow call: the decorator's, with those of `.override(...)` over them."""
    own = override_keywords(node)
    names = {keyword.arg for keyword in own}
    base = [k for k in getattr(decorator, "keywords", []) if k.arg not in names]
    return grammar.in_place_of(node, grammar.Call(func=node.func, args=[], keywords=[*base, *own]))
