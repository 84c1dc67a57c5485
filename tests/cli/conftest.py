"""A folder of DAGs and an output folder for the tests of the command."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from cli_drive import GOOD


@dataclass(frozen=True)
class Place:
    dags: Path
    out: Path

    def write(self, name: str, text: str | bytes) -> Path:
        file = self.dags / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty folder for DAGs, and where their flows go."""
    (tmp_path / "dags").mkdir()
    return Place(tmp_path / "dags", tmp_path / "flows")


@pytest.fixture
def good(place: Place) -> Place:
    """A folder with one DAG that converts."""
    place.write("good.py", GOOD)
    return place
