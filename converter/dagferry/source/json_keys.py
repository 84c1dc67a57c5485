"""Dicts that a function hands on with keys that are not texts, as far as the source shows them.

Airflow stores what a task returns or pushes as JSON, whose keys are texts: `{1: "a"}` is handed on as
`{"1": "a"}` (observed in Airflow 2.11.2 and 3.3.2). Prefect hands on what was returned.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator


def line_of_changing_keys(body: list[ast.AST]) -> int | None:
    """The line of the first such dict that the nodes of a body return or push; None without one."""
    lines = [one.lineno for value in handed_on(body) for one in parts(value) if has_other_keys(one)]
    return min(lines, default=None)


def handed_on(body: list[ast.AST], *, pushed: bool = True) -> list[ast.expr]:
    """The expressions that a body returns or pushes; of a variable what it is bound to."""
    named = bindings(body)
    values = _returned(body) + (_pushed(body) if pushed else [])
    return [named.get(one.id, one) if isinstance(one, ast.Name) else one for one in values]


def _returned(body: list[ast.AST]) -> list[ast.expr]:
    return [node.value for node in body if isinstance(node, ast.Return) and node.value]


def _pushed(body: list[ast.AST]) -> list[ast.expr]:
    pushes = [
        node
        for node in body
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "xcom_push"
    ]
    return [value for call in pushes for value in [*call.args, *(k.value for k in call.keywords)]]


def bindings(body: list[ast.AST]) -> dict[str, ast.expr]:
    """What the plain assignments of a body bind, by name."""
    return {name: value for node in body for name, value in _bindings(node)}


def _bindings(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value


def parts(node: ast.expr) -> Iterator[ast.expr]:
    """The expression and what it holds; not what it hands to a call."""
    yield node
    below: list[ast.expr] = []
    match node:
        case ast.Dict(values=values):
            below = values
        case ast.List(elts=values) | ast.Tuple(elts=values):
            below = values
        case ast.IfExp(body=one, orelse=other):
            below = [one, other]
        case ast.ListComp(elt=value) | ast.DictComp(value=value):
            below = [value]
    for one in below:
        yield from parts(one)


def has_other_keys(node: ast.expr) -> bool:
    """Whether a dict surely has keys that are no strings."""
    match node:
        case ast.Dict(keys=keys):
            return any(key is not None and _is_no_text(key) for key in keys)
        case ast.DictComp(key=ast.Name(id=name), generators=generators):
            return any(_counts(one, name) for one in generators)
        case ast.DictComp(key=key):
            return _is_no_text(key)
    return False


def _is_no_text(key: ast.expr) -> bool:
    match key:
        case ast.Constant(value=value):
            return not isinstance(value, str)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant()):
            return True
    return isinstance(key, ast.Tuple)


def _counts(generator: ast.comprehension, name: str) -> bool:
    """Whether a name of a comprehension goes over whole numbers."""
    match generator:
        case ast.comprehension(
            target=ast.Name(id=target), iter=ast.Call(func=ast.Name(id="range"))
        ):
            return target == name
        case ast.comprehension(
            target=ast.Tuple(elts=[ast.Name(id=target), *_]),
            iter=ast.Call(func=ast.Name(id="enumerate")),
        ):
            return target == name
    return False
