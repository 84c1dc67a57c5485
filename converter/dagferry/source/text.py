"""The text of a module: offsets, spans and lines. Places are computed only when asked for."""

from __future__ import annotations

import re
from functools import cached_property

from dagferry.model.values import Span
from dagferry.syntax import grammar
from dagferry.syntax.index import Index

# Comments (which may hold quotes) and every form of string literal.
_LITERAL = re.compile(
    r"""\#[^\n]*
    | \"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3}
    | \"(?:[^"\\\n]|\\.)*\" | '(?:[^'\\\n]|\\.)*'""",
    re.VERBOSE | re.DOTALL,
)


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
        line, column = self.index.line_of(start), self.index.column_of(start)
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

    @cached_property
    def protected(self) -> str:
        """The text with every line end inside a string replaced by a NUL character.

        Nothing may indent such lines anew; offsets stay what they are. `build.edits` puts them back.
        """
        if not any(mark in self.text for mark in ('"""', "'''", "\\\n")):
            return self.text
        return _LITERAL.sub(lambda match: match[0].replace("\n", "\0"), self.text)
