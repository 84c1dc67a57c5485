"""Edits of a module's text: what is replaced stands beside what is kept byte for byte."""

from __future__ import annotations

from collections.abc import Callable

from dagferry.build.layout import NUL
from dagferry.model.values import Span

Writer = Callable[[], str]


class Edits:
    """Replacements of spans of one text; inner ones apply inside what an outer one asks for."""

    def __init__(self, protected: str) -> None:
        self.text = protected
        self._edits: dict[tuple[int, int], Writer] = {}

    def replace(self, span: Span, writer: Writer | str) -> None:
        """Replace a span by a text, or by what a function gives when it is written."""
        text = writer
        self._edits[(span.start, span.end)] = text if callable(text) else lambda: text

    def drop(self, span: Span) -> None:
        """Leave a span out."""
        self.replace(span, "")

    def render(self, start: int, end: int) -> str:
        """The text between two offsets with the outermost edits inside it applied."""
        pieces, position = [], start
        for (first, last), writer in self._inside(start, end):
            pieces += [self.text[position:first], writer()]
            position = last
        return "".join([*pieces, self.text[position:end]])

    def inner(self, span: Span) -> str:
        """The text of a span with the edits strictly inside it applied."""
        own = self._edits.pop((span.start, span.end), None)
        try:
            return self.render(span.start, span.end)
        finally:
            if own is not None:
                self._edits[(span.start, span.end)] = own

    def touches(self, start: int, end: int) -> bool:
        """Whether anything between two offsets is replaced."""
        return any(True for _ in self._inside(start, end))

    def _inside(self, start: int, end: int) -> list[tuple[tuple[int, int], Writer]]:
        found: list[tuple[tuple[int, int], Writer]] = []
        for place in sorted(self._edits, key=lambda p: (p[0], -p[1])):
            if place[0] < start or place[1] > end:
                continue
            if found and place[0] < found[-1][0][1]:
                continue
            found.append((place, self._edits[place]))
        return found


def unprotected(text: str) -> str:
    """The text with the line ends inside strings put back."""
    return text.replace(NUL, "\n")
