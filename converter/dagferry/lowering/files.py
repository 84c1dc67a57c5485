"""What a record says of a file besides its module: whether it was read, what is lost with it."""

from __future__ import annotations

from dataclasses import dataclass

from dagferry.findings import Finding
from dagferry.source.discover import InputFile
from dagferry.source.passed_over import passed_over
from dagferry.source.roots import Layout


@dataclass(frozen=True)
class FileFacts:
    """A file of the folder.

    `problem` is why it was not read, `lost` what of Airflow's goes with a file that is not Python. `beyond`
    are folders that have to be on the path where its flows run, with the line that needs each.
    """

    path: str
    problem: Finding | None
    lost: Finding | None
    is_python: bool
    is_empty: bool
    beyond: tuple[tuple[str, int], ...]


def file_facts(file: InputFile, layout: Layout) -> FileFacts:
    """The facts of one file; `layout` says which module each file is."""
    is_python = file.path.endswith(".py")
    return FileFacts(
        path=file.path,
        problem=file.problem,
        lost=None if is_python or file.problem is not None else passed_over(file),
        is_python=is_python,
        is_empty=file.text is not None and not file.text.strip(),
        beyond=tuple(sorted(layout.beyond(file.path).items())),
    )
