"""Lays expressions out as `ruff format` does: on one line, else broken at the last bracket.

Source of the rules: https://docs.astral.sh/ruff/formatter/black/ and the style of Black that it
follows; the tests hold generated code to `ruff format` itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dagferry.build.nodes import (
    Dotted,
    Entry,
    Formatted,
    Invoke,
    Kept,
    Listed,
    Mapped,
    Named,
    Node,
    Raw,
    Starred,
    in_f_string,
    literal,
)
from dagferry.syntax import make
from dagferry.syntax import nodes as cst
from dagferry.syntax.rewrite import shifted

WIDTH = 88


@dataclass(frozen=True, slots=True)
class Room:
    """Where an expression is written, in columns.

    `block` is the indentation of the block, `deeper` how much further right the line begins, `before`
    what stands on the line before the expression (all of it), `after` what follows its last line.
    """

    block: int = 0
    deeper: int = 0
    before: int = 0
    after: int = 0
    width: int = WIDTH

    def behind(self, columns: int) -> Room:
        """The room behind so many more columns."""
        return replace(self, before=self.before + columns)

    def inside(self, before: int = 0) -> Room:
        """A line of its own in a broken bracket, behind some columns of it; a comma follows."""
        deeper = self.deeper + 4
        return replace(self, deeper=deeper, before=self.block + deeper + before, after=1)


def flat(node: Node) -> str:
    """The expression on one line."""
    match node:
        case Raw() | Kept():
            return node.text
        case Invoke():
            return f"{flat(node.function)}({', '.join(map(flat, node.arguments))})"
        case Named():
            return f"{node.name}={flat(node.value)}"
        case Starred():
            return "*" * node.stars + flat(node.value)
        case Dotted():
            return f"{flat(node.owner)}.{node.name}"
        case Listed():
            return f"[{', '.join(map(flat, node.items))}]"
        case Entry():
            return f"{flat(node.owner)}[{literal(node.key).text}]"
        case Formatted():
            return f'f"{"".join(map(_flat_part, node.parts))}"'
        case Mapped():
            return "{" + ", ".join(f"{flat(k)}: {flat(v)}" for k, v in node.items) + "}"


def _flat_part(part: str | Node) -> str:
    return in_f_string(part) if isinstance(part, str) else "{" + flat(part) + "}"


def on_one_line(node: Node) -> cst.BaseExpression:
    """The expression as a tree without line breaks of ours."""
    return lay_out(node, Room(width=1_000_000))


def lay_out(node: Node, room: Room) -> cst.BaseExpression:
    """The expression as a tree, broken where the room asks for it."""
    line = flat(node)
    wide = "\n" in line or room.before + len(line) + room.after > room.width
    match node:
        case Raw():
            return make.expression(node.text)
        case Kept():
            return _kept(node, room)
        case Invoke():
            return _call(node, room, wide)
        case Listed():
            return _list(node, room, wide)
        case Mapped():
            return _mapping(node, room, wide)
        case Dotted():
            return make.attribute(lay_out(node.owner, room), node.name)
        case Entry():
            return make.subscript(lay_out(node.owner, room), [on_one_line(literal(node.key))])
        case Formatted():
            return make.f_string([_part(part) for part in node.parts])
        case Named() | Starred():
            raise TypeError("expected an expression, found an argument")


def _part(part: str | Node) -> str | cst.BaseExpression:
    return in_f_string(part) if isinstance(part, str) else on_one_line(part)


def _kept(node: Kept, room: Room) -> cst.BaseExpression:
    by = room.deeper - node.deeper
    return shifted(node.node, by) if by and "\n" in node.text else node.node


def _argument(node: Node, room: Room) -> cst.Arg:
    match node:
        case Named():
            value = lay_out(node.value, room.behind(len(node.name) + 1))
            return cst.Arg(value=value, keyword=cst.Name(node.name), equal=make.EQUAL)
        case Starred():
            return cst.Arg(
                value=lay_out(node.value, room.behind(node.stars)),
                star="**" if node.stars == 2 else "*",
            )
        case _:
            return cst.Arg(value=lay_out(node, room))


def _call(node: Invoke, room: Room, wide: bool) -> cst.Call:
    if not wide or not node.arguments:
        function = lay_out(node.function, replace(room, after=room.after + 2))
        flat_room = replace(room, width=1_000_000)
        arguments = [_argument(one, flat_room) for one in node.arguments]
        return cst.Call(func=make.atom(function), args=arguments)
    head = flat(node.function)
    narrow = "\n" in head or room.before + len(head) + 1 > room.width
    function = lay_out(
        node.function, replace(room, after=1) if narrow else replace(room, width=10**6)
    )
    inner, outer = make.broken(room.deeper + 4), make.broken(room.deeper)
    if _fit_together(node.arguments, room) and not _only_star(node.arguments):
        arguments = [_argument(one, replace(room, width=10**6)) for one in node.arguments]
        arguments[-1] = arguments[-1].with_changes(whitespace_after_arg=outer)
    else:
        arguments = [
            _argument(one, room.inside()).with_changes(comma=cst.Comma(whitespace_after=after))
            for one, after in zip(node.arguments, _breaks(node.arguments, room))
        ]
    return cst.Call(func=make.atom(function), args=arguments, whitespace_before_args=inner)


def _breaks(items: Sequence[object], room: Room) -> list[cst.ParenthesizedWhitespace]:
    """What follows the comma of each item that has a line of its own."""
    inner, outer = make.broken(room.deeper + 4), make.broken(room.deeper)
    return [*[inner] * (len(items) - 1), outer]


def _fit_together(items: Sequence[Node], room: Room) -> bool:
    together = ", ".join(map(flat, items))
    return "\n" not in together and room.inside().before + len(together) <= room.width


def _only_star(items: Sequence[Node]) -> bool:
    return len(items) == 1 and isinstance(items[0], Starred)


def _list(node: Listed, room: Room, wide: bool) -> cst.List:
    if not wide or not node.items:
        return cst.List(
            [cst.Element(lay_out(item, replace(room, width=10**6))) for item in node.items]
        )
    inner, outer = make.broken(room.deeper + 4), make.broken(room.deeper)
    opening = cst.LeftSquareBracket(whitespace_after=inner)
    if _fit_together(node.items, room):
        items = [cst.Element(lay_out(item, replace(room, width=10**6))) for item in node.items]
        closing = cst.RightSquareBracket(whitespace_before=outer)
        return cst.List(items, lbracket=opening, rbracket=closing)
    items = [
        cst.Element(lay_out(item, room.inside()), comma=cst.Comma(whitespace_after=after))
        for item, after in zip(node.items, _breaks(node.items, room))
    ]
    return cst.List(items, lbracket=opening)


def _mapping(node: Mapped, room: Room, wide: bool) -> cst.Dict:
    if not wide or not node.items:
        flat_room = replace(room, width=10**6)
        return cst.Dict(
            [
                cst.DictElement(lay_out(key, flat_room), lay_out(value, flat_room))
                for key, value in node.items
            ]
        )
    items = [
        cst.DictElement(
            lay_out(key, replace(room, width=10**6)),
            lay_out(value, room.inside(len(flat(key)) + 2)),
            comma=cst.Comma(whitespace_after=after),
        )
        for (key, value), after in zip(node.items, _breaks(node.items, room))
    ]
    opening = cst.LeftCurlyBrace(whitespace_after=make.broken(room.deeper + 4))
    return cst.Dict(items, lbrace=opening)
