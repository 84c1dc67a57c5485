"""Puts the pieces of a module together: blank lines as the formatter wants them, imports in place."""

from __future__ import annotations

import sys
from dataclasses import dataclass

_IMPORTS = frozenset({"import", "future", "import_gone"})
_APART = frozenset({"definition", "flow", "main"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement of the written module: its text, and the text that stood before it.

    `kind` is the ledger's, or `flow`, `gone` (nothing is left of it), `import_gone`, `tail`,
    `missing`, or `new_import`.
    """

    text: str
    gap: str
    kind: str
    changed: bool


def assemble(
    pieces: list[Piece], imports: list[str], missing: list[str], roots: frozenset[str]
) -> str:
    """The module's text. Where nothing changed, every byte between two statements stays.

    `imports` are lines to add, `missing` stand-ins for names of Airflow's, `roots` the names of the
    folder's own modules.
    """
    if not _anything_new(pieces, imports, missing):
        return "".join(piece.gap + piece.text for piece in pieces)
    text, previous, broken, pending = "", None, False, list[str]()
    for piece in _with_imports(pieces, imports, missing, roots):
        if piece.kind in {"gone", "import_gone"}:
            pending += _left_behind(piece, first=previous is None)
            broken = True
            continue
        text += _joined(previous, piece, pending, broken, roots)
        previous, broken, pending = piece, False, []
    return text.rstrip("\n") + "\n"


def _anything_new(pieces: list[Piece], imports: list[str], missing: list[str]) -> bool:
    changed = any(p.changed or p.kind in {"gone", "import_gone", "flow"} for p in pieces)
    return changed or bool(missing) or bool(imports)


def _left_behind(piece: Piece, *, first: bool) -> list[str]:
    """The comments of a statement that is gone: those at the top of the file, and those on DAGs."""
    if piece.kind == "import_gone" and not first:
        return []
    lines = piece.gap.split("\n") if first else piece.gap.split("\n")[1:]
    return [line for line in lines if line.strip().startswith("#")]


def _with_imports(
    pieces: list[Piece], imports: list[str], missing: list[str], roots: frozenset[str]
) -> list[Piece]:
    """The pieces with new imports among the old, each where the order of imports wants it."""
    place = block_end(pieces)
    block = pieces[:place]
    for line in imports:
        piece = Piece(line, "", "new_import", True)
        block.insert(_where(block, piece, roots), piece)
    stand_ins = [Piece("\n".join(missing), "", "missing", True)] if missing else []
    return [*block, *stand_ins, *pieces[place:]]


def _where(block: list[Piece], piece: Piece, roots: frozenset[str]) -> int:
    """Before the first import that comes after it; else behind the last one."""
    last = 0
    for index, other in enumerate(block):
        if other.kind not in {"import", "new_import"}:
            last = index + 1 if other.kind in {"docstring", "future"} else last
            continue
        if import_key(other.text, roots) > import_key(piece.text, roots):
            return index
        last = index + 1
    return last


def import_key(text: str, roots: frozenset[str]) -> tuple[int, bool, str]:
    """The order of import statements: section, `import` before `from`, module name (isort's order)."""
    words = text.split()
    return _section(words[1], roots), words[0] == "from", words[1].lower()


def _section(module: str, roots: frozenset[str]) -> int:
    """1 standard library, 2 other packages, 3 the folder's own, 4 relative."""
    if module.startswith("."):
        return 4
    first = module.partition(".")[0]
    if first in sys.stdlib_module_names:
        return 1
    return 3 if first in roots else 2


def block_end(pieces: list[Piece]) -> int:
    """Behind the last import of the block at the top."""
    place = 0
    for index, piece in enumerate(pieces):
        if piece.kind in _IMPORTS or piece.kind == "docstring":
            place = index + 1
        elif piece.kind != "gone":
            break
    return place


def _joined(
    previous: Piece | None,
    piece: Piece,
    pending: list[str],
    broken: bool,
    roots: frozenset[str],
) -> str:
    """A piece with what stands between it and the one before."""
    if previous is None:
        return _at_the_top(piece, pending) + piece.text
    if not (previous.changed or piece.changed or broken or pending):
        return piece.gap + piece.text
    behind, _, rest = piece.gap.partition("\n")
    tail = "" if broken or not behind.strip().startswith("#") else f"  {behind.strip()}"
    above = "".join(f"{line}\n" for line in [*pending, *_comments(rest)])
    return tail + "\n" * (1 + _blank_lines(previous, piece, rest, roots)) + above + piece.text


def _at_the_top(piece: Piece, pending: list[str]) -> str:
    if pending:
        return "".join(f"{line}\n" for line in pending) + "\n"
    return piece.gap.lstrip("\n")


def _comments(rest: str) -> list[str]:
    """The comment lines above a statement, with the blank lines between blocks of them."""
    lines = rest.split("\n")[:-1]
    if not any(line.strip() for line in lines):
        return []
    while not lines[0].strip():
        lines.pop(0)
    while not lines[-1].strip():
        lines.pop()
    return lines


def _blank_lines(previous: Piece, piece: Piece, rest: str, roots: frozenset[str]) -> int:
    if _APART & {previous.kind, piece.kind}:
        return 2
    group, before = _group(piece, roots), _group(previous, roots)
    if group is not None and before is not None:
        return int(group != before)
    if before is not None or {"docstring", "missing"} & {previous.kind, piece.kind}:
        return 1
    return min(_leading_blanks(rest), 2)


def _leading_blanks(rest: str) -> int:
    count = 0
    for line in rest.split("\n")[:-1]:
        if line.strip():
            break
        count += 1
    return count


def _group(piece: Piece, roots: frozenset[str]) -> int | None:
    """The import section of a piece: sections are parted by one blank line."""
    if piece.kind == "future":
        return 0
    if piece.kind in {"import", "new_import"}:
        return _section(piece.text.split()[1], roots)
    return None
