"""Statements with their surroundings: the comments above and behind them, blank lines, margins."""

from __future__ import annotations

from dataclasses import dataclass

from dagferry.build.layout import NUL
from dagferry.model.dag import DagSite, Statement
from dagferry.model.values import Span


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a statement: comment lines above (stripped, "" for a blank line), one behind."""

    above: tuple[str, ...]
    behind: str
    margin: int


def surroundings(text: str, span: Span, floor: int) -> Surroundings:
    """The surroundings of a statement; nothing before the offset `floor` belongs to it."""
    line_start = text.rfind("\n", 0, span.start) + 1
    above: list[str] = []
    position = line_start
    while position > floor:
        start = text.rfind("\n", 0, position - 1) + 1
        line = text[start : position - 1].strip()
        if start < floor or (line and not line.startswith("#")) or NUL in line:
            break
        above.insert(0, line)
        position = start
    end = text.find("\n", span.end)
    rest = text[span.end : len(text) if end < 0 else end].strip()
    behind = f"  {rest}" if rest.startswith("#") else ""
    head = text[line_start : span.start]
    return Surroundings(tuple(above), behind, len(head) - len(head.lstrip(" ")))


def margin_of(text: str, offset: int) -> int:
    """How many columns stand before an offset on its line."""
    return offset - (text.rfind("\n", 0, offset) + 1)


def source_at(text: str, span: Span) -> str:
    """What was written there, without the indentation of the line it begins on."""
    line = text[text.rfind("\n", 0, span.start) + 1 :]
    margin = len(line) - len(line.lstrip(" "))
    first, *rest = text[span.start : span.end].split("\n")
    return "\n".join([first, *(one if one[:margin].strip() else one[margin:] for one in rest)])


def written_above(lines: tuple[str, ...], first: bool) -> list[str]:
    """The lines above a statement: comments, and one blank line where there were some."""
    result: list[str] = []
    for line in lines:
        if line or (result and result[-1]) or (not result and not first):
            result.append(line)
    return result


def comments_in(text: str, span: Span) -> list[str]:
    """Comments inside an expression that is written anew: they move above it."""
    found = []
    for line in text[span.start : span.end].split("\n")[:-1] if span.end > span.start else []:
        mark = _comment(line)
        if mark is not None:
            found.append(mark)
    return found


def _comment(line: str) -> str | None:
    quote = ""
    for index, char in enumerate(line):
        if quote:
            if char == quote and line[index - 1] != "\\":
                quote = ""
        elif char in "'\"":
            quote = char
        elif char == "#":
            return line[index:].rstrip()
    return None


def moved(text: str, by: int) -> str:
    """A statement's text with every line but the first moved."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(_move(line, by) for line in rest)])


def _move(line: str, by: int) -> str:
    if not line.strip():
        return ""
    if by >= 0:
        return " " * by + line
    kept = len(line) - len(line.lstrip(" "))
    return line[min(kept, -by) :]


def statement_floors(statements: tuple[Statement, ...]) -> list[int]:
    """Where the surroundings of each statement may begin: behind the one before it."""
    floors = []
    for position, statement in enumerate(statements):
        before = [s.span.end for s in statements[:position] if s.span.end <= statement.span.start]
        floors.append(max(before, default=0))
    return floors


def trailing_comments(text: str, end: int, margin: int) -> tuple[list[str], int]:
    """The comment lines behind the last statement of a block that still stand in it; their end."""
    found: list[str] = []
    position = text.find("\n", end)
    after = end if position < 0 else position
    while position >= 0:
        stop = text.find("\n", position + 1)
        line = text[position + 1 : len(text) if stop < 0 else stop]
        if line.strip() and (not line.strip().startswith("#") or _margin(line) < margin):
            break
        position = stop
        if line.strip():
            found.append(line.strip())
            after = len(text) if stop < 0 else stop
    return found, after


def behind_block(text: str, site: DagSite) -> tuple[list[str], int]:
    """The comments behind the last statement of a DAG's block, and where they end."""
    inside = [s for s in site.body if site.span.start <= s.span.start < site.span.end]
    if site.form == "variable" or not inside or len(inside) < len(site.body):
        return [], site.span.end
    last = max(inside, key=lambda statement: statement.span.end)
    return trailing_comments(text, last.span.end, surroundings(text, last.span, 0).margin)


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
