"""Names that are to be imported join an import of the same module that is there already."""

from __future__ import annotations

from dagferry.emission.imports import fitted, import_order
from dagferry.syntax import nodes as cst
from dagferry.syntax.write import written


def merged(old: cst.Statement, new: cst.Statement) -> cst.Statement | None:
    """Both as one statement. None where they import from elsewhere, or the old one has its own layout."""
    first, second = _plain_import(old), _plain_import(new)
    if first is None or second is None or _module(first) != _module(second):
        return None
    own, more = _names(first), _names(second)
    names = [*own, *(name for name in more if name not in own)]
    if own == sorted(own, key=import_order):
        names.sort(key=import_order)
    aliases = [cst.ImportAlias(name=cst.Name(name)) for name in names]
    assert isinstance(old, cst.SimpleStatementLine)
    return old.with_changes(body=[fitted(first.with_changes(names=aliases))])


def _plain_import(statement: cst.Statement) -> cst.ImportFrom | None:
    """`from a import b, c` on one line, without renamed names and comments."""
    match statement:
        case cst.SimpleStatementLine(body=[cst.ImportFrom() as found]):
            commented = statement.trailing_whitespace.comment is not None
            if found.lpar or commented or isinstance(found.names, cst.ImportStar):
                return None
            return None if any(name.asname for name in found.names) else found
    return None


def _module(statement: cst.ImportFrom) -> str:
    module = "" if statement.module is None else written(statement.module)
    return "." * len(statement.relative) + module


def _names(statement: cst.ImportFrom) -> list[str]:
    assert not isinstance(statement.names, cst.ImportStar)
    return [written(alias.name) for alias in statement.names]
