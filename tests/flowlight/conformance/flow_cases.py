"""Reads the cases: a file of `cases/` is a topic, a `##` in it a case: its source and its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"

_CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n```python\n(?P<source>.*?)\n```\n(?:```text\n(?P<lines>.*?)\n```\n)?",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Case:
    """One flow and the lines that it notes; `lines` is None in a case that was never recorded."""

    topic: str
    title: str
    source: str
    lines: list[str] | None

    @property
    def name(self) -> str:
        """The name that tests show."""
        return f"{self.topic}: {self.title}"


def read(path: Path) -> list[Case]:
    """The cases of one file."""
    return [
        Case(
            path.stem,
            m["title"],
            m["source"],
            None if m["lines"] is None else m["lines"].split("\n"),
        )
        for m in _CASE.finditer(path.read_text(encoding="utf-8"))
    ]


def read_all() -> list[Case]:
    """All cases, in the order of file names."""
    return [case for path in sorted(FOLDER.glob("*.md")) for case in read(path)]


def write(path: Path, seen: dict[str, list[str]]) -> None:
    """Put the lines that were seen, by the name of the case, into the file."""

    def block(m: re.Match[str]) -> str:
        lines = "\n".join(seen[f"{path.stem}: {m['title']}"])
        return f"## {m['title']}\n```python\n{m['source']}\n```\n```text\n{lines}\n```\n"

    path.write_text(_CASE.sub(block, path.read_text(encoding="utf-8")), encoding="utf-8")
