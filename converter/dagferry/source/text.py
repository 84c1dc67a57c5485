"""The text of a module: offsets, spans and comments. Places are computed only when asked for."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from functools import cached_property

from dagferry.model.values import Span

# Where Python ends a line; str.splitlines knows more line ends than Python does.
_NEWLINE = re.compile(r"\r\n|\r|\n")

# Comments (which may hold quotes) and every form of string literal.
_LITERAL = re.compile(
    r"""\#[^\n]*
    | \"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3}
    | \"(?:[^"\\\n]|\\.)*\" | '(?:[^'\\\n]|\\.)*'""",
    re.VERBOSE | re.DOTALL,
)


class SourceText:
    """A module's text with its line table. Offsets count characters; `ast` counts UTF-8 bytes."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        starts += [match.end() for match in _NEWLINE.finditer(self.text)]
        return starts

    def offset(self, line: int, byte_column: int) -> int:
        """The character offset of a place that `ast` names (line from 1, column in bytes from 0)."""
        start = self._starts[line - 1]
        head = self.text[start : start + byte_column]
        if head.isascii():
            return start + byte_column
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        return start + len(self.text[start:end].encode()[:byte_column].decode())

    def span(self, node: ast.expr | ast.stmt | ast.keyword | ast.arg) -> Span:
        """Where the node stands, without its decorators."""
        end = self.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
        return self.between(self.offset(node.lineno, node.col_offset), end)

    def between(self, start: int, end: int) -> Span:
        """The span of two offsets."""
        line = bisect_right(self._starts, start)
        return Span(start=start, end=end, line=line, column=start - self._starts[line - 1] + 1)

    def full_span(self, node: ast.stmt) -> Span:
        """Where the statement stands, decorators included."""
        span = self.span(node)
        decorators = getattr(node, "decorator_list", [])
        if not decorators:
            return span
        first = self.offset(decorators[0].lineno, decorators[0].col_offset)
        return self.between(self.text.rindex("@", 0, first), span.end)

    def get(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]

    @cached_property
    def protected(self) -> str:
        """The text with every line end inside a string replaced by a NUL character.

        Nothing may indent such lines anew; offsets stay what they are. `build.edits` puts them back.
        """
        if not any(mark in self.text for mark in ('"""', "'''", "\\\n")):
            return self.text
        return _LITERAL.sub(lambda match: match[0].replace("\n", "\0"), self.text)
