"""Reading one `xcom_push` or `xcom_pull` of a function's body."""

from __future__ import annotations

from dagferry.model.function import Pull, Push
from dagferry.model.values import Span
from dagferry.model.xcom_keys import RETURN_VALUE
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, named


class Opaque(Exception):  # noqa: N818 - an answer, as Impossible is
    """The function's use of the context cannot be followed; the text says why."""


def read_pull(
    call: grammar.Call, assigned: str | None, statement: Span | None, module: ParsedModule
) -> Pull:
    """A pull with known tasks and key. Raises Opaque when they are computed or left out."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    if len(call.args) > 1 or not set(named) <= {"task_ids", "key"}:
        raise Opaque(f"the xcom_pull on line {call.line} has arguments that cannot be followed")
    tasks = call.args[0] if call.args else named.get("task_ids")
    key = _text(named.get("key"), RETURN_VALUE)
    if key is None or tasks is None:
        raise Opaque(f"the xcom_pull on line {call.line} names no task or a computed key")
    ids, many = _task_ids(tasks)
    if not ids:
        raise Opaque(f"the xcom_pull on line {call.line} computes the tasks it pulls from")
    return Pull(
        span=module.source.span(call),
        task_ids=ids,
        many=many,
        key=key,
        assigned=assigned,
        statement=statement,
    )


def _task_ids(node: grammar.Expression) -> tuple[tuple[str, ...], bool]:
    if isinstance(node, (grammar.List, grammar.Tuple)):
        found = [_text(element, None) for element in node.elts]
        return (tuple(t for t in found if t) if all(found) else ()), True
    one = _text(node, None)
    return ((one,) if one else ()), False


def _text(node: grammar.Expression | None, default: str | None) -> str | None:
    if node is None:
        return default
    if isinstance(node, grammar.Constant) and isinstance(node.value, str):
        return node.value
    return None


def read_push(
    statement: grammar.Expr,
    call: grammar.Call,
    function: grammar.FunctionDef | grammar.AsyncFunctionDef,
    module: ParsedModule,
) -> Push:
    """A push with a known key. Raises Opaque when the key is computed."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    named |= dict(zip(("key", "value"), call.args))
    key = _text(named.get("key"), None)
    value = named.get("value")
    if key is None or value is None or not set(named) <= {"key", "value"}:
        raise Opaque(f"the xcom_push on line {call.line} has arguments that cannot be followed")
    after = function.body[function.body.index(statement) + 1 :]
    return Push(
        statement=module.source.span(statement),
        key=key,
        value=module.source.span(value),
        name=value.id if isinstance(value, grammar.Name) else None,
        last=statement is function.body[-1],
        settled=_settled(value, after),
    )


def _settled(value: grammar.Expression, after: list[grammar.Statement]) -> bool:
    if isinstance(value, grammar.Constant):
        return True
    names = {node.id for node in below(value, grammar.Name)}
    others = [statement for statement in after if not _is_push(statement)]
    return not any(named(statement, name) for statement in others for name in names)


def _is_push(statement: grammar.Statement) -> bool:
    match statement:
        case grammar.Expr(value=grammar.Call(func=grammar.Attribute(attr="xcom_push"))):
            return True
    return False
