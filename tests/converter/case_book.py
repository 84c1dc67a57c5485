"""Collects the cases: those in the construct files, and the folders of tests/converter/cases.

Cases of one construct stand together in a folder of its name. A folder of a case holds `before/`,
`after/` (absent when the files are left alone) and `case.json` with the findings, the grade and
whether the case is run; `differs_when` names the scenarios in which a finding says that the flow
differs. `after/` may hold a `prefect.yaml`.
"""

from __future__ import annotations

import functools
import json
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dagferry.constructs._registry import constructs
from dagferry.helper import is_helper
from dagferry.pipeline import Conversion, convert_input
from dagferry.report.records import GRADES, to_json
from dagferry.source.discover import read_input

FOLDERS = Path(__file__).with_name("cases")


@dataclass(frozen=True)
class WrittenCase:
    """A case with its files as texts by path."""

    id: str
    before: dict[str, str]
    after: dict[str, str]
    findings: tuple[str, ...]
    grade: str | None
    run: bool
    differs_when: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        return self.id.replace("/", "__").replace(" ", "_").replace("-", "_")


@functools.cache
def cases() -> tuple[WrittenCase, ...]:
    """All cases in the order of their ids."""
    return tuple(sorted([*_inline(), *_folders()], key=lambda case: case.id))


def _inline() -> Iterator[WrittenCase]:
    for construct in constructs().values():
        for case in construct.cases:
            name = f"{construct.name}/{case.name}"
            path = f"{name.replace('/', '__').replace(' ', '_').replace('-', '_')}.py"
            before = textwrap.dedent(case.before)
            after = before if case.after is None else textwrap.dedent(case.after)
            files = ({path: before}, {path: after})
            yield WrittenCase(name, *files, case.findings, case.grade, case.run)


def _folders() -> Iterator[WrittenCase]:
    for file in sorted(FOLDERS.rglob("case.json")):
        folder, said = file.parent, json.loads(file.read_text())
        before = _texts(folder / "before")
        after = _texts(folder / "after") if (folder / "after").exists() else before
        differs = tuple(said.get("differs_when", ()))
        found = (tuple(said["findings"]), said["grade"], said.get("run", True), differs)
        yield WrittenCase(f"cases/{folder.relative_to(FOLDERS).as_posix()}", before, after, *found)


def cases_of(construct: str) -> list[WrittenCase]:
    """Those of one construct: in its file, and in the folder of its name."""
    beginnings = (f"{construct}/", f"cases/{construct}/")
    return [case for case in cases() if case.id.startswith(beginnings)]


def _texts(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".yaml"})
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


@dataclass(frozen=True)
class Converted:
    """What became of a case: its folders on disk and the conversion."""

    case: WrittenCase
    before: Path
    after: Path
    conversion: Conversion

    @property
    def texts(self) -> dict[str, str]:
        """The outputs as texts, without the helper."""
        outputs = self.conversion.outputs.items()
        return {path: data.decode() for path, data in outputs if not is_helper(path)}

    @property
    def findings(self) -> tuple[str, ...]:
        return tuple(f.code for record in self.conversion.files for f in record.findings)

    @property
    def grade(self) -> str | None:
        grades = [dag.grade for record in self.conversion.files for dag in record.dags]
        return max(grades, key=GRADES.index, default=None)

    @property
    def manifest(self) -> dict[str, Any]:
        return to_json(self.conversion.files)


@dataclass(frozen=True)
class Book:
    """All cases, converted."""

    root: Path
    converted: dict[str, Converted]

    def of(self, case: WrittenCase) -> Converted:
        return self.converted[case.id]


def convert_texts(folder: Path, texts: dict[str, str]) -> Conversion:
    """Write some files into a folder and convert it."""
    write_texts(folder, texts)
    return convert_input(read_input([folder]))


def write_texts(folder: Path, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def bind(root: Path) -> Book:
    """Convert every case in a folder of its own."""
    converted = {}
    for case in cases():
        before, after = root / case.module / "before", root / case.module / "after"
        conversion = convert_texts(before, case.before)
        for path, data in conversion.outputs.items():
            (after / path).parent.mkdir(parents=True, exist_ok=True)
            (after / path).write_bytes(data)
        converted[case.id] = Converted(case, before, after, conversion)
    return Book(root, converted)
