"""Puts the pieces of a module together: blank lines as the formatter wants them, imports in place."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass

_IMPORTS = frozenset({"import", "future", "import_gone"})
_APART = frozenset({"definition", "flow", "main"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement of the written module: its text, and the text that stood before it.

    `kind` is the ledger's, or `flow`, `gone` (nothing is left of it), `import_gone`, `tail`,
    `missing`, or `new_` and the group of an import that was added.
    """

    text: str
    gap: str
    kind: str
    changed: bool


def assemble(pieces: list[Piece], imports: Mapping[str, list[str]], missing: list[str]) -> str:
    """The module's text. Where nothing changed, every byte between two statements stays."""
    if not _anything_new(pieces, imports, missing):
        return "".join(piece.gap + piece.text for piece in pieces)
    text, previous, broken, pending = "", None, False, list[str]()
    for piece in _with_imports(pieces, imports, missing):
        if piece.kind in {"gone", "import_gone"}:
            pending += _left_behind(piece, first=previous is None)
            broken = True
            continue
        text += _joined(previous, piece, pending, broken)
        previous, broken, pending = piece, False, []
    return text.rstrip("\n") + "\n"


def _anything_new(
    pieces: list[Piece], imports: Mapping[str, list[str]], missing: list[str]
) -> bool:
    changed = any(p.changed or p.kind in {"gone", "import_gone", "flow"} for p in pieces)
    return changed or bool(missing) or any(imports.values())


def _left_behind(piece: Piece, *, first: bool) -> list[str]:
    """The comments of a statement that is gone: those at the top of the file, and those on DAGs."""
    if piece.kind == "import_gone" and not first:
        return []
    lines = piece.gap.split("\n") if first else piece.gap.split("\n")[1:]
    return [line for line in lines if line.strip().startswith("#")]


def _with_imports(
    pieces: list[Piece], imports: Mapping[str, list[str]], missing: list[str]
) -> list[Piece]:
    """The pieces with new imports among the old: standard ones first, the rest behind."""
    standard, *rest = (
        [Piece(line, "", f"new_{group}", True) for line in imports[group]]
        for group in ("standard", "third", "own")
    )
    other = [piece for group in rest for piece in group]
    stand_ins = [Piece("\n".join(missing), "", "missing", True)] if missing else []
    place = _place(pieces)
    first = _first_import(pieces, place)
    return [*pieces[:first], *standard, *pieces[first:place], *other, *stand_ins, *pieces[place:]]


def _place(pieces: list[Piece]) -> int:
    """Behind the last import of the block at the top."""
    place = 0
    for index, piece in enumerate(pieces):
        if piece.kind in _IMPORTS or piece.kind == "docstring":
            place = index + 1
        elif piece.kind != "gone":
            break
    return place


def _first_import(pieces: list[Piece], place: int) -> int:
    """Before the first plain import of the top block, behind docstring and `__future__`."""
    for index, piece in enumerate(pieces[:place]):
        if piece.kind in {"import", "import_gone"}:
            return index
    return place


def _joined(previous: Piece | None, piece: Piece, pending: list[str], broken: bool) -> str:
    """A piece with what stands between it and the one before."""
    if previous is None:
        return _at_the_top(piece, pending) + piece.text
    if not (previous.changed or piece.changed or broken or pending):
        return piece.gap + piece.text
    behind, _, rest = piece.gap.partition("\n")
    tail = "" if broken or not behind.strip().startswith("#") else f"  {behind.strip()}"
    above = "".join(f"{line}\n" for line in [*pending, *_comments(rest)])
    return tail + "\n" * (1 + _blank_lines(previous, piece, rest)) + above + piece.text


def _at_the_top(piece: Piece, pending: list[str]) -> str:
    if pending:
        return "".join(f"{line}\n" for line in pending) + "\n"
    return piece.gap


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


def _blank_lines(previous: Piece, piece: Piece, rest: str) -> int:
    if _APART & {previous.kind, piece.kind}:
        return 2
    group, before = _group(piece), _group(previous)
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


def _group(piece: Piece) -> str | None:
    """The import group of a piece: groups are parted by one blank line."""
    if piece.kind.startswith("new_"):
        return piece.kind.removeprefix("new_")
    if piece.kind != "import":
        return "future" if piece.kind == "future" else None
    module = piece.text.split()[1].partition(".")[0]
    return "standard" if module in sys.stdlib_module_names else "third"
