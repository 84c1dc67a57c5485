"""The text of a module: offsets, spans and lines. Places are computed only when asked for."""

from __future__ import annotations

from dagferry.model.values import Span
from dagferry.syntax import grammar
from dagferry.syntax.index import Index


class SourceText:
    """A module's text with the places of its nodes. Offsets count characters."""

    def __init__(self, text: str, index: Index | None = None) -> None:
        self.text = text
        self.index = index

    def span(self, node: grammar.Node) -> Span:
        """Where the node stands, without its decorators."""
        return self.between(*node.home.span_of(node))

    def between(self, start: int, end: int) -> Span:
        """The span of two offsets."""
        assert self.index is not None
        line, column = self.index.place_of(start)
        return Span(start=start, end=end, line=line, column=column)

    def full_span(self, node: grammar.Statement) -> Span:
        """Where the statement stands, decorators included."""
        span = self.span(node)
        decorators = getattr(node, "decorator_list", [])
        if not decorators:
            return span
        first = self.span(decorators[0]).start
        return self.between(self.text.rindex("@", 0, first), span.end)

    def get(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]
