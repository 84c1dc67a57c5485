"""A statement is left out; not an import or a definition, without which nothing could be run."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from operators.place import Change, Place, text

NAME = "drop a statement"
_WITHOUT_EFFECT = ("pass", "...", "return", "return None")
_KEPT = (cst.FunctionDef, cst.ClassDef)


def changes(place: Place) -> Iterator[Change]:
    """The statement replaced by `pass`."""
    node = place.node
    if not isinstance(node, (cst.SimpleStatementLine, cst.BaseCompoundStatement)):
        return
    inside = node.body[0] if isinstance(node, cst.SimpleStatementLine) else node
    if isinstance(inside, (cst.Import, cst.ImportFrom, *_KEPT)) or text(inside) in _WITHOUT_EFFECT:
        return
    yield Change(node, cst.SimpleStatementLine([cst.Pass()]), text(_first_line(inside)))


def _first_line(node: cst.CSTNode) -> cst.CSTNode:
    """A compound statement without its body."""
    if isinstance(node, (cst.If, cst.For, cst.While, cst.With, cst.Try)):
        return node.with_changes(
            body=cst.SimpleStatementSuite([cst.Expr(cst.Ellipsis())]), leading_lines=()
        )
    return node
