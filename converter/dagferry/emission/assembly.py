"""Puts the statements of a module together: imports in place, blank lines as the formatter wants them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dagferry.emission.merged_imports import merged
from dagferry.emission.statements import comments, only_comments, with_above
from dagferry.syntax import nodes as cst
from dagferry.syntax.write import written

_IMPORTS = frozenset({"import", "future", "import_gone"})
_APART = frozenset({"definition", "flow", "main"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement of the written module, or several that stand together: flows with their tasks.

    `above` are the lines above it (comments, `""` for a blank line). `kind` is the ledger's, or `flow`,
    `gone` (nothing is left of it), `import_gone`, `tail` (comments at the end of the file), `missing`,
    or `new_import`. `changed` says that it is not what the user wrote.
    """

    statements: tuple[cst.Statement, ...]
    above: tuple[str, ...]
    kind: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Assembled:
    """The statements of the written module, and the comments behind the last one."""

    statements: tuple[cst.Statement, ...]
    tail: tuple[str, ...]


def anything_new(pieces: Sequence[Piece]) -> bool:
    """Whether anything is not as the user wrote it."""
    return any(p.changed or p.kind in {"gone", "import_gone"} for p in pieces)


def assemble(
    pieces: Sequence[Piece],
    imports: Sequence[cst.Statement],
    missing: Sequence[cst.Statement],
    roots: frozenset[str],
) -> Assembled:
    """The module's statements. Where nothing changed, every blank line between two of them stays.

    `imports` are to be added, `missing` are stand-ins for names of Airflow's, `roots` the names of the
    folder's own modules.
    """
    previous: Piece | None = None
    broken, pending = False, list[str]()
    found: list[cst.Statement] = []
    tail: list[str] = []
    for piece in _with_imports(pieces, imports, missing, roots):
        if piece.kind in {"gone", "import_gone"}:
            pending += _left_behind(piece, first=previous is None)
            broken = True
            continue
        above = _above(previous, piece, pending, broken, roots)
        if piece.statements:
            found += [_placed(piece, above, tail), *piece.statements[1:]]
        else:
            tail = above or []
        previous, broken, pending = piece, False, []
    main = previous is not None and previous.kind == "main"
    return Assembled(tuple(found), () if main else (*tail, *pending))


def _placed(piece: Piece, above: list[str] | None, tail: list[str]) -> cst.Statement:
    first = piece.statements[0]
    return first if above is None else with_above(first, [*tail, *above])


def _left_behind(piece: Piece, *, first: bool) -> list[str]:
    """The comments of a statement that is gone: those at the top of the file, and those on DAGs."""
    if piece.kind == "import_gone" and not first:
        return []
    return [line for line in piece.above if line]


def _with_imports(
    pieces: Sequence[Piece],
    imports: Sequence[cst.Statement],
    missing: Sequence[cst.Statement],
    roots: frozenset[str],
) -> list[Piece]:
    """The pieces with new imports among the old, each where the order of imports wants it."""
    place = block_end(pieces)
    block = list(pieces[:place])
    for statement in imports:
        if _joined(block, statement):
            continue
        piece = Piece((statement,), (), "new_import", True)
        block.insert(_where(block, piece, roots), piece)
    stand_ins = [Piece(tuple(missing), (), "missing", True)] if missing else []
    return [*block, *stand_ins, *pieces[place:]]


def _joined(block: list[Piece], new: cst.Statement) -> bool:
    """Whether an import of the block could take in the names of a new one."""
    for index, piece in enumerate(block):
        if piece.kind in {"import", "new_import"} and len(piece.statements) == 1:
            both = merged(piece.statements[0], new)
            if both is not None:
                block[index] = replace(piece, statements=(both,), changed=True)
                return True
    return False


def _where(block: list[Piece], piece: Piece, roots: frozenset[str]) -> int:
    """Before the first import that comes after it; else behind the last one."""
    last = 0
    for index, other in enumerate(block):
        if other.kind not in {"import", "new_import"}:
            last = index + 1 if other.kind in {"docstring", "future"} else last
            continue
        if import_key(other, roots) > import_key(piece, roots):
            return index
        last = index + 1
    return last


def import_key(piece: Piece, roots: frozenset[str]) -> tuple[int, bool, str]:
    """The order of import statements: section, `import` before `from`, module name (isort's order)."""
    module, from_it = _imported(piece)
    return _section(module, roots), from_it, module.lower()


def _imported(piece: Piece) -> tuple[str, bool]:
    """The module of an import statement, and whether names are taken from it."""
    line = piece.statements[0]
    small = line.body[0] if isinstance(line, cst.SimpleStatementLine) else None
    if isinstance(small, cst.Import):
        return written(small.names[0].name), False
    assert isinstance(small, cst.ImportFrom)
    dots = "." * len(small.relative)
    return dots + ("" if small.module is None else written(small.module)), True


def _section(module: str, roots: frozenset[str]) -> int:
    """1 standard library, 2 other packages, 3 the folder's own, 4 relative."""
    if module.startswith("."):
        return 4
    first = module.partition(".")[0]
    if first in sys.stdlib_module_names:
        return 1
    return 3 if first in roots else 2


def block_end(pieces: Sequence[Piece]) -> int:
    """Behind the last import of the block at the top."""
    place = 0
    for index, piece in enumerate(pieces):
        if piece.kind in _IMPORTS or piece.kind == "docstring":
            place = index + 1
        elif piece.kind != "gone":
            break
    return place


def _above(
    previous: Piece | None,
    piece: Piece,
    pending: list[str],
    broken: bool,
    roots: frozenset[str],
) -> list[str] | None:
    """The lines above a piece; None where they stay as they are."""
    own = _inside(piece)
    if previous is None:
        return [*pending, "", *_comments(piece.above), *own] if pending else _first(piece, own)
    if not (previous.changed or piece.changed or broken or pending):
        return list(piece.above) if not piece.statements else None
    blanks = [""] * _blank_lines(previous, piece, roots)
    return [*blanks, *pending, *_comments(piece.above), *own]


def _first(piece: Piece, own: list[str]) -> list[str]:
    """Nothing stands above the first statement but its comments."""
    lines = [*piece.above, *own]
    while lines and not lines[0]:
        lines.pop(0)
    return lines


def _inside(piece: Piece) -> list[str]:
    """Comments that a flow brings along: those inside the DAG's call."""
    if piece.kind != "flow":
        return []
    return only_comments(piece.statements[0].leading_lines)


def _comments(above: Sequence[str]) -> list[str]:
    """The comments above a statement, with the blank lines between blocks of them."""
    lines = list(above)
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _blank_lines(previous: Piece, piece: Piece, roots: frozenset[str]) -> int:
    if _APART & {previous.kind, piece.kind}:
        return 2
    group, before = _group(piece, roots), _group(previous, roots)
    if group is not None and before is not None:
        return int(group != before)
    if before is not None or {"docstring", "missing"} & {previous.kind, piece.kind}:
        return 1
    return min(_leading_blanks(piece.above), 2)


def _leading_blanks(above: Sequence[str]) -> int:
    count = 0
    for line in above:
        if line:
            break
        count += 1
    return count


def _group(piece: Piece, roots: frozenset[str]) -> int | None:
    """The import section of a piece: sections are parted by one blank line."""
    if piece.kind == "future":
        return 0
    if piece.kind in {"import", "new_import"}:
        return _section(_imported(piece)[0], roots)
    return None


def apart(statements: Sequence[cst.Statement]) -> tuple[cst.Statement, ...]:
    """Functions that stand together, with two blank lines between them."""
    first, *rest = statements
    return (first, *(_with_blanks(one) for one in rest))


def _with_blanks(statement: cst.Statement) -> cst.Statement:
    above = comments(statement.leading_lines)
    if above and not above[0]:
        return statement
    return with_above(statement, ["", "", *above])
