"""Reading one `xcom_push` or `xcom_pull` of a function's body."""

from __future__ import annotations

import ast

from dagferry.model.function import Pull, Push
from dagferry.model.values import Span
from dagferry.source.project import ParsedModule
from dagferry.source.walking import walk

RETURN_VALUE = "return_value"


class Opaque(Exception):  # noqa: N818 - an answer, as Impossible is
    """The function's use of the context cannot be followed; the text says why."""


def read_pull(
    call: ast.Call, assigned: str | None, statement: Span | None, module: ParsedModule
) -> Pull:
    """A pull with known tasks and key. Raises Opaque when they are computed or left out."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    if len(call.args) > 1 or not set(named) <= {"task_ids", "key"}:
        raise Opaque(f"the xcom_pull on line {call.lineno} has arguments that cannot be followed")
    tasks = call.args[0] if call.args else named.get("task_ids")
    key = _text(named.get("key"), RETURN_VALUE)
    if key is None or tasks is None:
        raise Opaque(f"the xcom_pull on line {call.lineno} names no task or a computed key")
    ids, many = _task_ids(tasks)
    if not ids:
        raise Opaque(f"the xcom_pull on line {call.lineno} computes the tasks it pulls from")
    return Pull(
        span=module.source.span(call),
        task_ids=ids,
        many=many,
        key=key,
        assigned=assigned,
        statement=statement,
    )


def _task_ids(node: ast.expr) -> tuple[tuple[str, ...], bool]:
    if isinstance(node, (ast.List, ast.Tuple)):
        found = [_text(element, None) for element in node.elts]
        return (tuple(t for t in found if t) if all(found) else ()), True
    one = _text(node, None)
    return ((one,) if one else ()), False


def _text(node: ast.expr | None, default: str | None) -> str | None:
    if node is None:
        return default
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def read_push(
    statement: ast.Expr,
    call: ast.Call,
    function: ast.FunctionDef | ast.AsyncFunctionDef,
    module: ParsedModule,
) -> Push:
    """A push with a known key. Raises Opaque when the key is computed."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    named |= dict(zip(("key", "value"), call.args))
    key = _text(named.get("key"), None)
    value = named.get("value")
    if key is None or value is None or not set(named) <= {"key", "value"}:
        raise Opaque(f"the xcom_push on line {call.lineno} has arguments that cannot be followed")
    after = function.body[function.body.index(statement) + 1 :]
    return Push(
        statement=module.source.span(statement),
        key=key,
        value=module.source.span(value),
        name=value.id if isinstance(value, ast.Name) else None,
        last=statement is function.body[-1],
        settled=_settled(value, after),
    )


def _settled(value: ast.expr, after: list[ast.stmt]) -> bool:
    if isinstance(value, ast.Constant):
        return True
    names = {node.id for node in walk(value) if isinstance(node, ast.Name)}
    return not any(
        isinstance(node, ast.Name) and node.id in names
        for statement in after
        if not _is_push(statement)
        for node in walk(statement)
    )


def _is_push(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="xcom_push"))):
            return True
    return False
