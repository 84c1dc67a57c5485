"""Statements with their surroundings: comments above, behind and below them, and blank lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from dagferry.syntax import make
from dagferry.syntax import nodes as cst
from dagferry.syntax.write import comments_in


def comments(lines: Sequence[cst.EmptyLine]) -> list[str]:
    """The lines above or below a statement: comments, and `""` for a blank line."""
    return ["" if line.comment is None else line.comment.value for line in lines]


def only_comments(lines: Sequence[cst.EmptyLine]) -> list[str]:
    """The comments among lines."""
    return [text for text in comments(lines) if text]


def written_above(lines: Sequence[str], *, first: bool) -> list[str]:
    """The lines above a statement: comments, and one blank line where there were some."""
    result: list[str] = []
    for line in lines:
        if line or (result and result[-1]) or (not result and not first):
            result.append(line)
    return result


def with_above(statement: cst.Statement, lines: Iterable[str]) -> cst.Statement:
    """The statement below other lines."""
    changed: cst.Statement = statement.with_changes(leading_lines=make.lines(lines))
    return changed


def with_behind(statement: cst.Statement, comment: str) -> cst.Statement:
    """The statement with a comment on its line, if it has one."""
    if not comment or not isinstance(statement, cst.SimpleStatementLine):
        return statement
    trailing = cst.TrailingWhitespace(
        whitespace=cst.SimpleWhitespace("  "), comment=cst.Comment(comment)
    )
    return statement.with_changes(trailing_whitespace=trailing)


def is_docstring(statement: cst.Statement) -> bool:
    """Whether a statement is nothing but a string."""
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return False
    small = statement.body[0]
    strings = (cst.SimpleString, cst.ConcatenatedString)
    return isinstance(small, cst.Expr) and isinstance(small.value, strings)


def is_idle(statement: cst.CSTNode) -> bool:
    """Whether a statement does nothing: a `pass`, or a `try` or `if` of nothing but those."""
    if isinstance(statement, cst.SimpleStatementLine):
        return all(isinstance(small, cst.Pass) for small in statement.body)
    if isinstance(statement, cst.If):
        plain = isinstance(statement.test, (cst.Name, cst.Attribute))
        return plain and _is_idle_block(statement.body) and _is_idle_part(statement.orelse)
    if isinstance(statement, cst.Try):
        parts = (*statement.handlers, statement.orelse, statement.finalbody)
        return _is_idle_block(statement.body) and all(map(_is_idle_part, parts))
    return False


def _is_idle_part(part: Any) -> bool:
    if part is None or isinstance(part, cst.If):
        return part is None or is_idle(part)
    return _is_idle_block(part.body)


def _is_idle_block(block: cst.BaseSuite) -> bool:
    if isinstance(block, cst.SimpleStatementSuite):
        return all(isinstance(small, cst.Pass) for small in block.body)
    return all(is_idle(one) for one in block.body)


def gained(before: cst.Statement, after: cst.Statement) -> list[str]:
    """Comments that moved above a statement when it was written anew."""
    return comments(after.leading_lines)[len(before.leading_lines) :]


def with_lost(before: cst.Statement, after: cst.Statement) -> cst.Statement:
    """A statement below the comments of it that what is written in its place does not have."""
    lost = lost_comments(before, after)
    lines = [*after.leading_lines, *make.lines(lost)]
    return after.with_changes(leading_lines=lines) if lost else after


def lost_comments(before: cst.CSTNode, after: cst.CSTNode) -> list[str]:
    """The comments of a node that what is written in its place does not have."""
    left = Counter(comments_in(before)) - Counter(comments_in(after))
    return [comment for comment in comments_in(before) if left[comment] > 0]
