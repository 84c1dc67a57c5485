"""Puts the pieces of a module together: blank lines as the formatter wants them, imports in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_IMPORTS = frozenset({"import", "future", "import_gone"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement of the written module: its text, and the text that stood before it.

    `kind` is the ledger's, or `flow`, `gone` (nothing is left of it), `import_gone`, `tail`.
    """

    text: str
    gap: str
    kind: str
    changed: bool


def assemble(
    pieces: list[Piece], imports: Mapping[str, list[str]], missing: list[str]
) -> str:
    """The module's text. Where nothing changed, every byte between two statements stays."""
    if not _anything_new(pieces, imports, missing):
        return "".join(piece.gap + piece.text for piece in pieces).rstrip("\n") + "\n"
    pieces = _with_imports(pieces, imports, missing)
    text, previous = "", None
    pending = ""
    for piece in pieces:
        if piece.kind in {"gone", "import_gone"}:
            pending += _comments(piece.gap) if piece.kind == "gone" else _header(piece.gap, text)
            continue
        text += _joined(text, previous, piece, pending)
        previous, pending = piece, ""
    return text.rstrip("\n") + "\n"


def _anything_new(
    pieces: list[Piece], imports: Mapping[str, list[str]], missing: list[str]
) -> bool:
    changed = any(p.changed or p.kind in {"gone", "import_gone", "flow"} for p in pieces)
    return changed or bool(missing) or any(imports.values())


def _comments(gap: str) -> str:
    """The comment lines of a gap whose statement is gone."""
    lines = [line for line in gap.split("\n")[1:] if line.strip().startswith("#")]
    return "".join(f"{line}\n" for line in lines)


def _header(gap: str, written: str) -> str:
    """Comments at the top of the file stay, also when the import behind them goes."""
    if written:
        return ""
    lines = [line for line in gap.split("\n") if line.strip().startswith("#")]
    return "".join(f"{line}\n" for line in lines)


def _with_imports(
    pieces: list[Piece], imports: Mapping[str, list[str]], missing: list[str]
) -> list[Piece]:
    """The pieces with the new imports behind the old ones (or where the first of them was)."""
    new = [
        Piece(line, "", f"new_{group}", True)
        for group in ("standard", "third", "own")
        for line in imports[group]
    ]
    stand_ins = [Piece("\n".join(missing), "", "missing", True)] if missing else []
    place = _place(pieces)
    standard = [piece for piece in new if piece.kind == "new_standard"]
    other = [piece for piece in new if piece.kind != "new_standard"]
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
        if piece.kind == "import":
            return index
    return place


def _joined(text: str, previous: Piece | None, piece: Piece, pending: str) -> str:
    if previous is None:
        return _leading(piece, pending) + piece.text
    if not (previous.changed or piece.changed or pending) and piece.gap:
        return piece.gap + piece.text
    behind, _, rest = piece.gap.partition("\n")
    comments = _block(rest) or pending
    blank = _blank_lines(previous, piece, rest)
    tail = behind.rstrip() if behind.strip().startswith("#") and not previous.changed else ""
    tail = f"  {tail.strip()}" if tail else ""
    return f"{tail}\n{blank * chr(10)}{pending}{comments if comments != pending else ''}{piece.text}"


def _leading(piece: Piece, pending: str) -> str:
    if piece.gap.strip() and not piece.kind.startswith("new_"):
        return piece.gap.lstrip("\n")
    return pending + ("\n" if pending else "")


def _block(rest: str) -> str:
    """The comment lines right above a statement, with blank lines between blocks of them."""
    lines = rest.split("\n")[:-1]
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    if not any(line.strip() for line in lines):
        return ""
    return "".join(f"{line}\n" for line in lines)


def _blank_lines(previous: Piece, piece: Piece, rest: str) -> int:
    kinds = {previous.kind, piece.kind}
    if kinds & {"definition", "flow", "main", "tail"}:
        return 2
    group, before = _group(piece), _group(previous)
    if group is not None and before is not None:
        return 0 if group == before else 1
    if before is not None or previous.kind in {"docstring", "missing"} or piece.kind == "missing":
        return 1
    blank = 0
    for line in rest.split("\n")[:-1]:
        if line.strip():
            break
        blank += 1
    return min(blank, 2)


def _group(piece: Piece) -> str | None:
    """The import group of a piece, so that groups are parted by one blank line."""
    if piece.kind.startswith("new_"):
        return piece.kind.removeprefix("new_")
    if piece.kind != "import":
        return "future" if piece.kind == "future" else None
    import sys

    words = piece.text.split()
    module = words[1].partition(".")[0] if len(words) > 1 else ""
    return "standard" if module in sys.stdlib_module_names else "third"
