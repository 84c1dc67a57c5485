"""What `convert` says of what it did: required findings, the totals, what was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dagferry.cli._findings import finding_lines, totals_line
from dagferry.cli._plural import counted
from dagferry.cli._screen import Line
from dagferry.report.records import FileRecord
from dagferry.report.summary import summarize
from dagferry.writing import Written

_MOST = 40


def conversion_lines(
    files: Sequence[FileRecord], wrote: Written, output: Path, paths: str, *, dry: bool
) -> Iterator[Line]:
    """Advisory notes are counted only, and so are required ones past the fortieth."""
    required = finding_lines(files, required_only=True)
    yield from required[:_MOST]
    if len(required) > _MOST:
        left = counted(len(required) - _MOST, "more required finding")
        yield Line(f"and {left}: dagferry assess {paths} --full", "yellow")
    if required:
        yield Line("")
    efforts = [f"{one.dags} {one.name}" for one in summarize(files).efforts if one.dags]
    yield totals_line(files)
    if efforts:
        yield Line(f"DAGs: {', '.join(efforts)}")
    yield Line(_written(wrote, output, dry))


def _written(wrote: Written, output: Path, dry: bool) -> str:
    verb = "would be written" if dry else "written"
    parts = [f"{counted(len(wrote.written), 'file')} {verb}", f"{len(wrote.same)} unchanged"]
    if wrote.kept:
        parts.append(f"{len(wrote.kept)} edited and left alone")
    return f"{output}: {', '.join(parts)}"
