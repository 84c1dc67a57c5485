"""Lays expressions out as `ruff format` does: on one line, else broken at the last bracket.

Source of the rules: https://docs.astral.sh/ruff/formatter/black/ and the style of Black that it
follows; the tests hold generated code to `ruff format` itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.build.nodes import Dotted, Invoke, Listed, Mapped, Named, Node, Raw, Starred

WIDTH = 88
# Stands for a line end inside a string, which no layout may touch (see source.text.protected).
NUL = "\0"


def flat(node: Node) -> str:
    """The expression on one line."""
    match node:
        case Raw():
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
        case Mapped():
            return "{" + ", ".join(f"{flat(k)}: {flat(v)}" for k, v in node.items) + "}"


def lay_out(node: Node, indent: int, before: int = 0, after: int = 0, width: int = WIDTH) -> str:
    """The expression as text whose first line stands behind `before` columns.

    Lines after the first are indented from the margin; `after` columns follow the last line.
    """
    line = flat(node)
    if not _broken(line) and before + len(line) + after <= width:
        return line
    match node:
        case Raw():
            return _moved(node, indent)
        case Named():
            head = f"{node.name}="
            return head + lay_out(node.value, indent, before + len(head), after, width)
        case Starred():
            return "*" * node.stars + lay_out(node.value, indent, before + node.stars, after, width)
        case Invoke():
            if not node.arguments:
                return lay_out(node.function, indent, before, after + 2, width) + "()"
            head = flat(node.function)
            if _broken(head) or before + len(head) + 1 > width:
                head = lay_out(node.function, indent, before, 1, width)
            return _bracketed(f"{head}(", node.arguments, ")", indent, width)
        case Listed():
            return _bracketed("[", node.items, "]", indent, width) if node.items else "[]"
        case Mapped():
            return _mapping(node, indent, width) if node.items else "{}"
        case Dotted():
            return f"{lay_out(node.owner, indent, before, after, width)}.{node.name}"


def _broken(text: str) -> bool:
    return "\n" in text or NUL in text


def _moved(node: Raw, indent: int) -> str:
    """The user's own lines, shifted so that they keep their shape."""
    first, *rest = node.text.split("\n")
    return "\n".join([first, *(_shift(line, indent - node.indent) for line in rest)])


def _shift(line: str, by: int) -> str:
    if not line.strip():
        return line.strip(" ")
    if by >= 0:
        return " " * by + line
    kept = len(line) - len(line.lstrip(" "))
    return line[min(kept, -by) :]


def _bracketed(head: str, items: Sequence[Node], close: str, indent: int, width: int) -> str:
    inner = indent + 4
    pad, margin = " " * inner, " " * indent
    together = ", ".join(map(flat, items))
    if not _broken(together) and inner + len(together) <= width and not _only_star(items):
        return f"{head}\n{pad}{together}\n{margin}{close}"
    lines = [f"{pad}{lay_out(item, inner, inner, 1, width)},\n" for item in items]
    return f"{head}\n{''.join(lines)}{margin}{close}"


def _only_star(items: Sequence[Node]) -> bool:
    return len(items) == 1 and isinstance(items[0], Starred)


def _mapping(node: Mapped, indent: int, width: int) -> str:
    inner = indent + 4
    lines = []
    for key, value in node.items:
        head = f"{' ' * inner}{flat(key)}: "
        lines.append(f"{head}{lay_out(value, inner, len(head), 1, width)},\n")
    return "{\n" + "".join(lines) + " " * indent + "}"
