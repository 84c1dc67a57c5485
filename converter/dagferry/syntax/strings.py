"""Builds the nodes of literals: numbers, strings, f-strings and t-strings."""

from __future__ import annotations

import re
import warnings
from typing import Any

import libcst as cst

from dagferry.syntax import grammar
from dagferry.syntax.builder import Builder, Make

Formatted = cst.FormattedString | cst.TemplatedString
_QUOTE_OR_ESCAPE = re.compile(r'\\.|"', re.DOTALL)
_CONVERSIONS = {None: -1, "s": 115, "r": 114, "a": 97}


class BadLiteralError(ValueError):
    r"""A literal that Python refuses although libcst parses it: `"\xZZ"`."""


def string_value(node: cst.SimpleString) -> Any:
    """The value of a string or bytes literal. Raises BadLiteralError for a bad escape."""
    text = node.value
    quote = text[0]
    if quote in "'\"" and "\\" not in text and "\r" not in text:
        return text[3:-3] if text[1:3] == quote * 2 and len(text) > 2 else text[1:-1]
    return _evaluated(node)


def _evaluated(node: cst.SimpleString) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return node.evaluated_value
    except (SyntaxError, ValueError) as error:
        raise BadLiteralError(f"{error} in {node.value}") from error


def _simple(_: Builder, node: cst.SimpleString) -> grammar.Node:
    return grammar.Constant(string_value(node))


def _integer(_: Builder, node: cst.Integer) -> grammar.Node:
    return grammar.Constant(int(node.value.replace("_", ""), 0))


def _float(_: Builder, node: cst.Float) -> grammar.Node:
    return grammar.Constant(float(node.value.replace("_", "")))


def _imaginary(_: Builder, node: cst.Imaginary) -> grammar.Node:
    return grammar.Constant(complex(node.value.replace("_", "")))


def _ellipsis(_: Builder, _node: cst.Ellipsis) -> grammar.Node:
    return grammar.Constant(...)


def _formatted(builder: Builder, node: Formatted) -> grammar.Node:
    return _joined(builder, [node])


def _concatenated(builder: Builder, node: cst.ConcatenatedString) -> grammar.Node:
    parts = _flat(node)
    if all(isinstance(part, cst.SimpleString) for part in parts):
        values = [string_value(part) for part in parts if isinstance(part, cst.SimpleString)]
        return grammar.Constant(values[0][:0].join(values))
    return _joined(builder, parts)


def _flat(node: cst.ConcatenatedString) -> list[cst.SimpleString | Formatted]:
    """`"a" f"b" "c"` as a list; libcst nests it, and a long one deeply."""
    found: list[cst.SimpleString | Formatted] = []
    stack: list[cst.CSTNode] = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, cst.ConcatenatedString):
            stack += [one.right, one.left]
        elif isinstance(one, (cst.SimpleString, cst.FormattedString, cst.TemplatedString)):
            found.append(one)
    return found


def _joined(builder: Builder, parts: list[cst.SimpleString | Formatted]) -> grammar.Node:
    """Texts and values of f-strings; texts that stand together are one constant."""
    values: list[grammar.Expression] = []
    template = any(isinstance(part, cst.TemplatedString) for part in parts)
    for part in parts:
        if isinstance(part, cst.SimpleString):
            _add_text(builder, values, string_value(part), part)
            continue
        raw = "r" in part.start.lower()
        for piece in part.parts:
            _add_piece(builder, values, piece, raw)
    return grammar.TemplateStr(values) if template else grammar.JoinedStr(values)


def _add_piece(
    builder: Builder, values: list[grammar.Expression], piece: cst.CSTNode, raw: bool
) -> None:
    if isinstance(piece, (cst.FormattedStringText, cst.TemplatedStringText)):
        text = piece.value.replace("{{", "{").replace("}}", "}")
        _add_text(builder, values, text if raw else _unescaped(text), piece)
        return
    if isinstance(piece, (cst.FormattedStringExpression, cst.TemplatedStringExpression)):
        if piece.equal is not None:
            plain = piece.with_changes(conversion=None, format_spec=None)
            spelled = cst.Module([]).code_for_node(plain)
            _add_text(builder, values, spelled[1:-1], piece)
        values.append(builder.made(piece, _value))


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    quoted = _QUOTE_OR_ESCAPE.sub(lambda found: '\\"' if found[0] == '"' else found[0], text)
    return str(_evaluated(cst.SimpleString(f'"""{quoted}"""')))


def _add_text(
    builder: Builder, values: list[grammar.Expression], text: str, cst_node: cst.CSTNode
) -> None:
    before = values[-1] if values else None
    if isinstance(before, grammar.Constant):
        before.value += text
    elif text:
        values.append(builder.made(cst_node, lambda _builder, _node: grammar.Constant(text)))


def _value(builder: Builder, node: cst.FormattedStringExpression) -> grammar.Node:
    value = builder.node(node.expression)
    conversion = _CONVERSIONS[node.conversion]
    if node.equal is not None and node.conversion is None and node.format_spec is None:
        conversion = _CONVERSIONS["r"]
    spec = None
    if node.format_spec is not None:
        spec = builder.made(node, lambda b, n: _spec(b, n.format_spec))
    return grammar.FormattedValue(value, conversion, spec)


def _spec(builder: Builder, pieces: Any) -> grammar.Node:
    values: list[grammar.Expression] = []
    for piece in pieces:
        _add_piece(builder, values, piece, raw=False)
    return grammar.JoinedStr(values)


MAKERS: dict[type[cst.CSTNode], Make] = {
    cst.SimpleString: _simple,
    cst.Integer: _integer,
    cst.Float: _float,
    cst.Imaginary: _imaginary,
    cst.Ellipsis: _ellipsis,
    cst.FormattedString: _formatted,
    cst.TemplatedString: _formatted,
    cst.ConcatenatedString: _concatenated,
}
