"""Which names code binds and changes in place, and how often."""

from __future__ import annotations

from collections import Counter

from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, owners, stores

_MUTATORS = frozenset(
    [
        "append",
        "extend",
        "insert",
        "pop",
        "remove",
        "clear",
        "update",
        "setdefault",
        "sort",
        "popitem",
        "reverse",
        "add",
        "discard",
        "difference_update",
        "intersection_update",
        "symmetric_difference_update",
        "appendleft",
        "extendleft",
        "popleft",
        "rotate",
    ]
)
_BINDING: tuple[type[grammar.Node], ...] = (
    *(grammar.Parameter, grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.ClassDef),
    *(grammar.Import, grammar.ImportFrom, grammar.ExceptHandler, grammar.Global, grammar.Nonlocal),
    grammar.AugAssign,
)


def bound_times(node: grammar.Node, module: ParsedModule) -> Counter[str]:
    """How often the code of a module, or of a function in it, binds each name, at any depth."""
    known: dict[int, Counter[str]] = module.__dict__.setdefault("_bound_times", {})
    if node.number not in known:
        found = [inner for kind in _BINDING for inner in node.home.below(node, kind)]
        known[node.number] = Counter(name.id for name in stores(node))
        known[node.number].update(name for inner in found for name in _binds(inner))
    return known[node.number]


def functions_around(node: grammar.Node, module: ParsedModule) -> list[grammar.Node]:
    """The functions whose bodies a node stands in, from the outermost in."""
    found: list[grammar.Node] = [
        one
        for one in owners(node)
        if isinstance(one, (grammar.FunctionDef, grammar.AsyncFunctionDef))
        and any(statement.holds(node) for statement in one.body)
    ]
    return found[::-1] if node.home is module.index else []


def _binds(node: grammar.Node) -> list[str]:
    """What a node of one of these classes binds."""
    match node:
        case grammar.Parameter():
            return [node.arg]
        case grammar.FunctionDef() | grammar.AsyncFunctionDef() | grammar.ClassDef():
            return [node.name]
        case grammar.Import() | grammar.ImportFrom():
            return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
        case grammar.ExceptHandler(name=str(name)):
            return [name]
        case grammar.Global() | grammar.Nonlocal():
            return [*node.names, *node.names]
        case grammar.AugAssign(target=grammar.Name(id=name)):
            return [name]
    return []


def changed_below(node: grammar.Node) -> set[str]:
    """The names of everything that code changes in place, functions in it included."""
    return {name for one in below(node, grammar.Subscript, grammar.Call) for name in changes(one)}


def changes(node: grammar.Node) -> set[str]:
    """The names of what a node changes in place: `x[...] = `, `x.append(...)`, `next(x)`."""
    match node:
        case grammar.Subscript(value=grammar.Name(id=name), ctx="store" | "del"):
            return {name}
        case grammar.Call(func=grammar.Attribute(value=grammar.Name(id=name), attr=attr)):
            return {name} if attr in _MUTATORS else set()
        case grammar.Call(func=grammar.Name(id="next"), args=[grammar.Name(id=name), *_]):
            return {name}
    return set()
