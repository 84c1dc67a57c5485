"""The Python files that the tests of the syntax package read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dagferry.syntax.index import Index
from dagferry.syntax.parse import parse

ROOT = Path(__file__).parents[2]


@cache
def texts() -> dict[str, str]:
    """The samples, the cases and a part of the converter itself, by path."""
    folders = ("samples", "tests/converter", "converter/dagferry/source")
    files = sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return {file.relative_to(ROOT).as_posix(): file.read_text() for file in files}


def indexed(text: str) -> Index:
    """The index of a text."""
    return Index(parse(text), text)
