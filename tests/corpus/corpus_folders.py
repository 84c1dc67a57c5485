"""The two folders of example DAGs, as they are read and converted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from dagferry.pipeline import Conversion, convert_input
from dagferry.source.discover import Input, read_input

CORPUS = Path(__file__).parents[2] / ".corpus"
FOLDERS = ("airflow-2.10.5", "airflow-3.3.2")


@dataclass(frozen=True)
class Converted:
    """A folder of example DAGs, as it was read and as it came out."""

    folder: Path
    source: Input
    conversion: Conversion


def folder_of(name: str) -> Path:
    """A folder of the corpus; the test fails when it has not been fetched."""
    folder = CORPUS / name
    if not folder.is_dir():
        pytest.fail("Airflow's example DAGs are not here: run make corpus", pytrace=False)
    return folder


def convert_folder(name: str) -> Converted:
    """A folder of the corpus, converted."""
    folder = folder_of(name)
    source = read_input([folder])
    return Converted(folder, source, convert_input(source))
