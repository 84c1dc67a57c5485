"""Dicts that a function returns or pushes with keys that are not strings, as far as the source shows them.

Airflow stores what a task returns or pushes as JSON, whose keys are texts: `{1: "a"}` is handed on as
`{"1": "a"}` (observed in Airflow 2.11.2 and 3.3.2). Prefect passes on what was returned.
"""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.syntax import grammar
from dagferry.syntax.walking import body as body_of


def line_of_changing_keys(body: list[grammar.Node]) -> int | None:
    """The line of the first such dict that the nodes of a body return or push; None without one."""
    lines = [one.line for value in handed_on(body) for one in parts(value) if has_other_keys(one)]
    return min(lines, default=None)


def handing_on(function: grammar.Node) -> list[grammar.Node]:
    """The nodes of a function's own body that its results can be read from."""
    kinds = (grammar.Return, grammar.Call, grammar.Assign, grammar.AnnAssign)
    return body_of(function, *kinds)


def handed_on(body: list[grammar.Node], *, pushed: bool = True) -> list[grammar.Expression]:
    """The expressions that a body returns or pushes; of a variable what it is bound to."""
    named = bindings(body)
    values = _returned(body) + (_pushed(body) if pushed else [])
    return [named.get(one.id, one) if isinstance(one, grammar.Name) else one for one in values]


def _returned(body: list[grammar.Node]) -> list[grammar.Expression]:
    return [node.value for node in body if isinstance(node, grammar.Return) and node.value]


def _pushed(body: list[grammar.Node]) -> list[grammar.Expression]:
    pushes = [
        node
        for node in body
        if isinstance(node, grammar.Call)
        and isinstance(node.func, grammar.Attribute)
        and node.func.attr == "xcom_push"
    ]
    return [value for call in pushes for value in [*call.args, *(k.value for k in call.keywords)]]


def bindings(body: list[grammar.Node]) -> dict[str, grammar.Expression]:
    """What the plain assignments of a body bind, by name."""
    return {name: value for node in body for name, value in _bindings(node)}


def _bindings(node: grammar.Node) -> Iterator[tuple[str, grammar.Expression]]:
    match node:
        case grammar.Assign(targets=[grammar.Name(id=name)], value=value):
            yield name, value
        case grammar.AnnAssign(target=grammar.Name(id=name), value=grammar.Expression() as value):
            yield name, value


def parts(node: grammar.Expression) -> Iterator[grammar.Expression]:
    """The expression and what it holds; not what it hands to a call."""
    yield node
    below: list[grammar.Expression] = []
    match node:
        case grammar.Dict(values=values):
            below = values
        case grammar.List(elts=values) | grammar.Tuple(elts=values):
            below = values
        case grammar.IfExp(body=one, orelse=other):
            below = [one, other]
        case grammar.ListComp(elt=value) | grammar.DictComp(value=value):
            below = [value]
    for one in below:
        yield from parts(one)


def has_other_keys(node: grammar.Expression) -> bool:
    """Whether a dict surely has keys that are no strings."""
    match node:
        case grammar.Dict(keys=keys):
            return any(key is not None and _is_no_text(key) for key in keys)
        case grammar.DictComp(key=grammar.Name(id=name), generators=generators):
            return any(_counts(one, name) for one in generators)
        case grammar.DictComp(key=key):
            return _is_no_text(key)
    return False


def _is_no_text(key: grammar.Expression) -> bool:
    match key:
        case grammar.Constant(value=value):
            return not isinstance(value, str)
        case grammar.UnaryOp(op="-", operand=grammar.Constant()):
            return True
    return isinstance(key, grammar.Tuple)


def _counts(generator: grammar.Comprehension, name: str) -> bool:
    """Whether a name of a comprehension goes over whole numbers."""
    match generator:
        case grammar.Comprehension(
            target=grammar.Name(id=target), iter=grammar.Call(func=grammar.Name(id="range"))
        ):
            return target == name
        case grammar.Comprehension(
            target=grammar.Tuple(elts=[grammar.Name(id=target), *_]),
            iter=grammar.Call(func=grammar.Name(id="enumerate")),
        ):
            return target == name
    return False
