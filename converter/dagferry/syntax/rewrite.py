"""Changes to a tree: gathered first, applied in one visit that enters only what lies above a change.

A node that no change touches comes out as the very same object, comments and blanks included.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

import libcst as cst

from dagferry.syntax.nodes import Statement

Alter = Callable[[Any], cst.CSTNode]
Rewrite = Callable[[Statement], list[Statement]]
NodeT = TypeVar("NodeT", bound=cst.CSTNode)

# Nodes that carry expressions outside of their own place, or have none: the way to a change leads through.
_CARRIERS = frozenset(
    {
        cst.AsName,
        cst.CompFor,
        cst.CompIf,
        cst.ComparisonTarget,
        cst.FormattedStringExpression,
        cst.Index,
        cst.Param,
        cst.Parameters,
        cst.SimpleStatementSuite,
        cst.Slice,
        cst.TypeParam,
        cst.TypeParameters,
    }
)


class Changes:
    """What the nodes of one tree become. `parent_of` gives the parent of a node, None for the top."""

    def __init__(self, parent_of: Callable[[cst.CSTNode], cst.CSTNode | None]) -> None:
        self._parent_of = parent_of
        self._whole: dict[int, Callable[[], cst.CSTNode]] = {}
        self._altered: dict[int, list[Alter]] = {}
        self._lines: dict[int, Rewrite] = {}
        self._above: set[int] = set()

    def replace(self, node: cst.CSTNode, new: cst.CSTNode | Callable[[], cst.CSTNode]) -> None:
        """Put another node in the place of one; what stands below it is not looked at."""
        self._whole[id(node)] = (lambda: new) if isinstance(new, cst.CSTNode) else new
        self._reach(node)

    def alter(self, node: cst.CSTNode, change: Alter) -> None:
        """Change a node when everything below it has been changed."""
        self._altered.setdefault(id(node), []).append(change)
        self._reach(node)

    def rewrite_line(self, statement: Statement, change: Rewrite) -> None:
        """Put other statements in the place of one of a block's (none: it goes, its comments stay)."""
        self._lines[id(statement)] = change
        self._reach(statement)

    def touches(self, node: cst.CSTNode) -> bool:
        """Whether the node or anything below it changes; nodes without a place may always do."""
        return id(node) in self._above or node.__class__ in _CARRIERS

    def applied(self, node: NodeT, more: Sequence[tuple[cst.CSTNode, cst.CSTNode]] = ()) -> NodeT:
        """The node with all changes; `more` are replacements of nodes below it for this time only."""
        if not more:
            return cast(NodeT, node.visit(_Spine(self, {}))) if self.touches(node) else node
        spine = _Spine(self, {id(old): new for old, new in more})
        for old, _ in more:
            above: cst.CSTNode | None = old
            while above is not None and above is not node:
                spine.above.add(id(above))
                above = self._parent_of(above)
        spine.above.add(id(node))
        return cast(NodeT, node.visit(spine))

    def lines(self, statement: Statement) -> list[Statement]:
        """What a statement of a block becomes: itself with all changes, others, or nothing."""
        new = self.applied(statement)
        change = self._lines.get(id(statement))
        return [new] if change is None else change(new)

    def drop(self, small: cst.BaseSmallStatement) -> None:
        """Leave a statement out with its line, unless something else stands on it."""
        line = self._parent_of(small)
        if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1:
            self.rewrite_line(line, lambda _: [])
        else:
            self.alter(small, lambda old: cst.Pass(semicolon=old.semicolon))

    def _reach(self, node: cst.CSTNode) -> None:
        above: cst.CSTNode | None = node
        while above is not None and id(above) not in self._above:
            self._above.add(id(above))
            above = self._parent_of(above)


class _Visitor(cst.CSTTransformer):
    """Asks for no method of its own for each field of each node, as libcst's does."""

    def on_visit_attribute(self, node: cst.CSTNode, attribute: str) -> None:
        pass

    def on_leave_attribute(self, original_node: cst.CSTNode, attribute: str) -> None:
        pass


class _Spine(_Visitor):
    def __init__(self, changes: Changes, more: Mapping[int, cst.CSTNode]) -> None:
        super().__init__()
        self.changes = changes
        self.more = more
        self.above: set[int] = set()

    def on_visit(self, node: cst.CSTNode) -> bool:
        key = id(node)
        if key in self.changes._whole or key in self.more:
            return False
        return key in self.changes._above or key in self.above or node.__class__ in _CARRIERS

    def on_leave(self, original_node: Any, updated_node: Any) -> Any:
        key = id(original_node)
        if key in self.more:
            return _in_brackets_of(original_node, self.more[key])
        if key in self.changes._whole:
            updated_node = _in_brackets_of(original_node, self.changes._whole[key]())
        elif isinstance(original_node, cst.IndentedBlock):
            updated_node = self._lines(original_node, updated_node)
        for change in self.changes._altered.get(key, ()):
            updated_node = change(updated_node)
        return updated_node

    def _lines(self, original: cst.IndentedBlock, updated: cst.IndentedBlock) -> Any:
        rewrites = self.changes._lines
        if not any(id(line) in rewrites for line in original.body):
            return updated
        body: list[Any] = []
        waiting: list[cst.EmptyLine] = []
        for old, one in zip(original.body, updated.body):
            new, change = cast(Statement, one), rewrites.get(id(old))
            written = [new] if change is None else change(new)
            if not written:
                waiting = _behind(waiting, [*new.leading_lines, *_comment_behind(new)])
                continue
            opens = not body and old is not original.body[0]
            body += [_below(waiting, written[0], opens=opens), *written[1:]]
            waiting = []
        return updated.with_changes(body=body, footer=_behind(waiting, updated.footer))


def _comment_behind(statement: Statement) -> list[cst.EmptyLine]:
    if not isinstance(statement, cst.SimpleStatementLine):
        return []
    comment = statement.trailing_whitespace.comment
    return [] if comment is None else [cst.EmptyLine(comment=comment)]


def _below(above: list[cst.EmptyLine], statement: Any, *, opens: bool) -> Any:
    """The statement below lines of those that are gone; one that opens a block has no blank above."""
    if not above and not opens:
        return statement
    lines = _behind(above, statement.leading_lines)
    while opens and lines and lines[0].comment is None:
        lines.pop(0)
    return statement.with_changes(leading_lines=lines)


def _behind(lines: list[cst.EmptyLine], more: Sequence[cst.EmptyLine]) -> list[cst.EmptyLine]:
    """Lines above one statement and lines above the next, where the first of both is gone."""
    rest = list(more)
    while lines and lines[-1].comment is None and rest and rest[0].comment is None:
        rest.pop(0)
    return [*lines, *rest]


def _in_brackets_of(old: Any, new: Any) -> Any:
    """The new expression in the parentheses of the old one; it may stand right behind a word."""
    if not isinstance(new, cst.BaseExpression) or new.lpar or not old.lpar:
        return new
    return new.with_changes(lpar=old.lpar, rpar=old.rpar)


class _Shift(_Visitor):
    def __init__(self, by: int) -> None:
        super().__init__()
        self.by = by

    def on_leave(self, original_node: Any, updated_node: Any) -> Any:
        if not isinstance(original_node, cst.ParenthesizedWhitespace):
            return updated_node
        last = updated_node.last_line.value
        lines = [self._moved(line) for line in updated_node.empty_lines]
        return updated_node.with_changes(
            last_line=cst.SimpleWhitespace(self._columns(last)), empty_lines=lines
        )

    def _moved(self, line: cst.EmptyLine) -> cst.EmptyLine:
        if line.comment is None:
            return cst.EmptyLine(indent=False)
        blanks = cst.SimpleWhitespace(self._columns(line.whitespace.value))
        return line.with_changes(whitespace=blanks)

    def _columns(self, blanks: str) -> str:
        return " " * self.by + blanks if self.by >= 0 else blanks[-self.by :]


def shifted(node: cst.BaseExpression, by: int) -> cst.BaseExpression:
    """An expression of several lines whose lines behind the first stand `by` columns further right."""
    return cast(cst.BaseExpression, node.visit(_Shift(by)))
