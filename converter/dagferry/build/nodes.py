"""The few kinds of expression that generated code is made of."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dagferry.syntax.nodes import BaseExpression


@dataclass(frozen=True, slots=True)
class Raw:
    """A name or a literal, as Python spells it."""

    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An expression of the user's: its tree, and the text of it.

    `deeper` says how many columns its line stood deeper than its block.
    """

    text: str
    node: BaseExpression = field(compare=False)
    deeper: int = 0


@dataclass(frozen=True, slots=True)
class Invoke:
    """A call: `function(arguments)`."""

    function: Node
    arguments: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A keyword argument: `name=value`."""

    name: str
    value: Node


@dataclass(frozen=True, slots=True)
class Starred:
    """`*value` or `**value`."""

    stars: int
    value: Node


@dataclass(frozen=True, slots=True)
class Dotted:
    """An attribute: `owner.name`."""

    owner: Node
    name: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: `[items]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A dict: `{key: value}`."""

    items: tuple[tuple[Node, Node], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry by its key: `owner["key"]`."""

    owner: Node
    key: str


@dataclass(frozen=True, slots=True)
class Formatted:
    """An f-string of texts and expressions."""

    parts: tuple[str | Node, ...]


Node = Raw | Kept | Invoke | Named | Starred | Dotted | Listed | Mapped | Entry | Formatted


def literal(value: str | int | float | bool | None) -> Raw:
    """A constant as Python spells it, text in double quotes."""
    if isinstance(value, str):
        return Raw(_quoted(value))
    return Raw(repr(value))


def in_f_string(text: str) -> str:
    """A text as it stands between the double quotes of an f-string."""
    quoted = _quoted(text)
    inner = quoted[1:-1] if quoted.startswith('"') else text.replace('"', '\\"')
    return inner.replace("{", "{{").replace("}", "}}")


def _quoted(text: str) -> str:
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    if text.isprintable() and "'" not in text and "\\" not in text:
        return f"'{text}'"
    if text.isascii():
        # JSON's escapes are Python's; \u007f is the one it leaves out.
        return json.dumps(text).replace("\x7f", "\\x7f")
    return _double_quoted_repr(text)


def _double_quoted_repr(text: str) -> str:
    body = repr("'" + text)[2:-1] if '"' not in text else repr(text + "'\"")[1:-4]
    return '"' + body.replace('"', '\\"').replace("\\'", "'") + '"'
