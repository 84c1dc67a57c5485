"""The smallest folder that provokes each code: the example of its page, or one made here."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from dagferry.catalogue import pages

_BLOCK = re.compile(r"^`([\w/.]+)`[^\n]*:\n\n```python\n(.*?)```$", re.MULTILINE | re.DOTALL)


def example_files(code: str) -> dict[str, str]:
    """The files of a page's example; none when it only describes them."""
    text = pages()[code].text
    example = text[text.index("## Example") : text.index("## What to do")]
    return dict(_BLOCK.findall(example))


def write_example(code: str, folder: Path) -> None:
    """Write the files of a page's example."""
    for name, text in example_files(code).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def _latin(folder: Path) -> None:
    (folder / "dag.py").write_bytes('from airflow import DAG\n\nNAME = "café"\n'.encode("latin-1"))


def _large(folder: Path) -> None:
    (folder / "dag.py").write_bytes(b"DATA = [\n" + b"    0,\n" * 300_000 + b"]\n")


def _dangling(folder: Path) -> None:
    os.symlink(folder / "nowhere.py", folder / "dag.py")


def _crashing(folder: Path) -> None:
    write_example("DF201", folder)


def _ignoring(place: Path) -> None:
    (place / ".airflowignore").write_text("drafts/\n", encoding="utf-8")
    write_example("DF104", place)


def _packaged(place: Path) -> None:
    with zipfile.ZipFile(place / "packaged.zip", "w") as archive:
        archive.writestr("dag.py", "import airflow\n")
    write_example("DF104", place)


MADE: dict[str, Callable[[Path], None]] = {
    "DF102": _latin,
    "DF103": _large,
    "DF106": _dangling,
    "DF113": _ignoring,
    "DF114": _packaged,
    "DF901": _crashing,
}


def make_folder(code: str, folder: Path) -> Path:
    """Write the folder that provokes a code."""
    MADE.get(code, lambda place: write_example(code, place))(folder)
    return folder
