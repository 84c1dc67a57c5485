"""The text of a module: offsets, spans and comments. Places are computed only when asked for."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from dagferry.model.values import Span

# Where Python ends a line; str.splitlines knows more line ends than Python does.
_NEWLINE = re.compile(r"\r\n|\r|\n")


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
    def comments(self) -> tuple[Span, ...]:
        """Every comment of the module, in order."""
        if "#" not in self.text:
            return ()
        found = []
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type == tokenize.COMMENT:
                start = self._starts[token.start[0] - 1] + token.start[1]
                found.append(self.between(start, start + len(token.string)))
        return tuple(found)

    @cached_property
    def protected(self) -> str:
        """The text with every line end inside a string replaced by a NUL character.

        Nothing may indent such lines anew; offsets stay what they are. `build.edits` puts them back.
        """
        if not any(mark in self.text for mark in ('"""', "'''", "\\\n")):
            return self.text
        pieces, position = [], 0
        for start, end in self._strings():
            pieces += [self.text[position:start], self.text[start:end].replace("\n", "\0")]
            position = end
        return "".join([*pieces, self.text[position:]])

    def _strings(self) -> Iterator[tuple[int, int]]:
        opened: list[int] = []
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            start, end = self._at(token.start), self._at(token.end)
            kind = tokenize.tok_name[token.type]
            if kind == "FSTRING_START":
                opened.append(start)
            elif kind == "FSTRING_END":
                begin = opened.pop()
                if not opened:
                    yield begin, end
            elif token.type == tokenize.STRING and not opened:
                yield start, end

    def _at(self, place: tuple[int, int]) -> int:
        return self._starts[place[0] - 1] + place[1]
