"""From the places of the model to the nodes of the tree: the only file of emission that knows offsets."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any, Literal, TypeAlias

from dagferry.build.layout import WIDTH, Room
from dagferry.build.nodes import Kept
from dagferry.emission.statements import comments
from dagferry.model.values import Span
from dagferry.syntax import make
from dagferry.syntax import nodes as cst
from dagferry.syntax.index import Index
from dagferry.syntax.rewrite import Changes
from dagferry.syntax.write import comments_in, written

_Statement: TypeAlias = cst.BaseSmallStatement | cst.BaseCompoundStatement


class Places:
    """One module's tree, the nodes at the places of the model, and what the nodes become."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.module = index.cst
        self.positions = index.positions
        self.changes = Changes(self.positions.parent)

    @cached_property
    def _at(self) -> tuple[dict[tuple[int, int], cst.BaseExpression], dict[int, _Statement]]:
        """Every expression by where it begins and ends, every statement by where it begins."""
        expressions: dict[tuple[int, int], Any] = {}
        statements: dict[int, Any] = {}
        for node, start, end in self.positions.extents():
            kind = _kind(node.__class__)
            if kind == "expression":
                expressions.setdefault((start, end), node)
            elif kind == "bracketed":
                expressions.setdefault(_with_brackets(node, start, end), node)
            elif kind == "statement":
                statements[start] = node
                for decorator in getattr(node, "decorators", ()):
                    statements[self.positions.start(decorator)] = node
        return expressions, statements

    def expression(self, span: Span) -> cst.BaseExpression:
        """The expression at a place. Raises KeyError when none stands there."""
        return self._at[0][(span.start, span.end)]

    def statement(self, span: Span) -> _Statement:
        """The statement that begins at a place, its decorators included."""
        return self._at[1][span.start]

    def function(self, span: Span) -> cst.FunctionDef:
        """The function whose statement begins at a place."""
        found = self.statement(span)
        assert isinstance(found, cst.FunctionDef)
        return found

    def line(self, statement: _Statement) -> cst.Statement:
        """The statement as it stands in its block: small ones stand in a line."""
        above = self.positions.parent(statement)
        if isinstance(above, cst.SimpleStatementLine):
            return above
        if isinstance(statement, cst.BaseCompoundStatement):
            return statement
        # `if x: y`, whose body has no line of its own.
        assert isinstance(above, cst.SimpleStatementSuite)
        return cst.SimpleStatementLine(
            body=above.body, trailing_whitespace=above.trailing_whitespace
        )

    def line_around(self, node: cst.BaseExpression) -> cst.Statement:
        """The closest statement around an expression, as it stands in its block."""
        above: cst.CSTNode | None = node
        while not isinstance(above, (cst.SimpleStatementLine, cst.BaseCompoundStatement)):
            assert above is not None
            above = self.positions.parent(above)
        return above

    def lines(self, statement: _Statement) -> list[cst.Statement]:
        """What a statement becomes, on a line of its own."""
        line = self.line(statement)
        if not isinstance(line, cst.SimpleStatementLine):
            return self.changes.lines(line)
        if len(line.body) == 1 and self.positions.parent(statement) is line:
            return self.changes.lines(line)
        small = self.changes.applied(statement)
        assert isinstance(small, cst.BaseSmallStatement)
        own = cst.SimpleStatementLine(
            body=[small.with_changes(semicolon=cst.MaybeSentinel.DEFAULT)]
        )
        if statement is line.body[0]:
            own = own.with_changes(leading_lines=line.leading_lines)
        if statement is line.body[-1]:
            own = own.with_changes(trailing_whitespace=line.trailing_whitespace)
        return [own]

    def around(self, statement: _Statement) -> tuple[list[str], str]:
        """The lines above a statement (`""` for a blank one), and the comment behind it."""
        line = self.line(statement)
        if not isinstance(line, cst.SimpleStatementLine):
            return comments(line.leading_lines), ""
        above = comments(line.leading_lines) if statement is line.body[0] else []
        comment = line.trailing_whitespace.comment if statement is line.body[-1] else None
        return above, "" if comment is None else comment.value

    def source(self, span: Span) -> str:
        """What was written there, without the indentation of the line that it begins on."""
        margin = self._margin(span.start)
        first, *rest = self.positions.text[span.start : span.end].split("\n")
        return "\n".join([first, *(one if one[:margin].strip() else one[margin:] for one in rest)])

    def _margin(self, offset: int) -> int:
        start, end = self.positions.line(offset)
        line = self.positions.text[start:end]
        return len(line) - len(line.lstrip(" "))

    def margin(self, node: cst.CSTNode) -> int:
        """The columns before the line on which a node begins."""
        return self._margin(self.positions.start(node))

    def _block(self, node: cst.CSTNode) -> int:
        """The columns of the block in which a node stands."""
        columns = 0
        above = self.positions.parent(node)
        while above is not None:
            if isinstance(above, cst.IndentedBlock):
                indent = self.module.default_indent if above.indent is None else above.indent
                columns += len(indent)
            above = self.positions.parent(above)
        return columns

    def room(self, node: cst.BaseExpression, width: int = WIDTH) -> Room:
        """The room that an expression has where it stands."""
        start, end = self.positions.start(node), self.positions.end(node)
        block = self._block(node)
        deeper = max(0, self._margin(start) - block)
        before, after = self.positions.line(start)[0], self.positions.line(end)[1]
        return Room(block, deeper, start - before, after - end, width)

    def kept(
        self, node: cst.BaseExpression, more: list[tuple[cst.CSTNode, cst.CSTNode]] | None = None
    ) -> Kept:
        """An expression of the user's with all changes, ready to stand as an argument."""
        new = make.bare(self.changes.applied(node, more or ()))
        text = written(new)
        deeper = 0
        if "\n" in text:
            deeper = self._margin(self.positions.start(node)) - self._block(node)
        return Kept(text, new, deeper)

    def holds(self, outer: cst.CSTNode, inner: cst.CSTNode) -> bool:
        """Whether a node stands inside of another, and is not the same."""
        above = self.positions.parent(inner)
        while above is not None and above is not outer:
            above = self.positions.parent(above)
        return above is outer

    def comments(self, node: cst.CSTNode) -> list[str]:
        """The comments inside an expression, in the order of the text."""
        start, end = self.positions.start(node), self.positions.end(node)
        return comments_in(node) if "#" in self.positions.text[start:end] else []

    def names(self, node: cst.CSTNode) -> list[cst.Name]:
        """The variables that stand in a node, in the order of the text: read or bound, no labels."""
        return [
            one
            for one in self.positions.below(node)
            if isinstance(one, cst.Name) and not self._is_label(one)
        ]

    def _is_label(self, name: cst.Name) -> bool:
        above = self.positions.parent(name)
        if isinstance(above, cst.Attribute):
            return above.attr is name
        return isinstance(above, cst.Arg) and above.keyword is name


@cache
def _kind(kind: type[cst.CSTNode]) -> Literal["bracketed", "expression", "statement", "other"]:
    # libcst's base classes are abstract ones, which are slow to ask about an object.
    if issubclass(kind, (cst.Tuple, cst.GeneratorExp)):
        return "bracketed"
    if issubclass(kind, cst.BaseExpression):
        return "expression"
    if issubclass(kind, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
        return "statement"
    return "other"


def _with_brackets(node: Any, start: int, end: int) -> tuple[int, int]:
    """Where Python says that a tuple or a generator stands."""
    if node.lpar:
        # Python counts their parentheses.
        return start - len(written(node.lpar[-1])), end + len(written(node.rpar[0]))
    if isinstance(node, cst.GeneratorExp):
        # Those of the call that it is the only argument of.
        return start - 1, end + 1
    return start, end


def begins_with_text(node: cst.BaseExpression) -> bool:
    """Whether what is written begins with a string literal, and not with a name."""
    while True:
        inner = getattr(node, "left", None) or getattr(node, "value", None)
        if isinstance(node, cst.Call):
            inner = node.func
        if isinstance(node, (cst.SimpleString, cst.ConcatenatedString, cst.FormattedString)):
            return True
        if not isinstance(inner, cst.BaseExpression):
            return False
        node = inner
