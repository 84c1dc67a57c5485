"""What mutants are made of: every sample and every runnable case, converted in a folder of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dagferry.helper import is_helper
from dagferry.pipeline import convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import read_input
from dagferry.writing import write_file
from generate import Mutant, mutants_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples" / "airflow_dags"
sys.path.append(str(ROOT / "tests" / "converter"))
from case_book import cases  # noqa: E402  # it stands in another folder of tests


@dataclass(frozen=True)
class Unit:
    """A folder of DAGs and the folder of flows that it became."""

    name: str
    dags: Path
    flows: Path
    manifest: dict[str, Any]
    paths: tuple[str, ...]

    @cached_property
    def mutants(self) -> tuple[Mutant, ...]:
        """All of its flow files and of its `prefect.yaml`; the helper is not made from the DAGs."""
        texts = {path: (self.flows / path).read_text("utf-8") for path in self.paths}
        found = []
        for path, source in texts.items():
            others = [text for other, text in texts.items() if other != path]
            found += mutants_of(self.name, path, source, others)
        return tuple(found)


def units(folder: Path, wanted: Callable[[str], bool] = lambda _: True) -> list[Unit]:
    """Every unit whose name is wanted, its files below `folder`; samples first."""
    named = [*_samples(), *_cases()]
    return [_converted(name, texts, folder) for name, texts in named if wanted(name)]


def _samples() -> Iterator[tuple[str, dict[str, str]]]:
    for path in sorted(SAMPLES.iterdir()):
        if path.name != "__pycache__":
            yield f"samples/{path.stem}", _texts(path)


def _cases() -> Iterator[tuple[str, dict[str, str]]]:
    for case in cases():
        if case.run and case.grade not in (None, "manual"):
            yield case.id, case.before


def _texts(path: Path) -> dict[str, str]:
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return {file.relative_to(SAMPLES).as_posix(): file.read_text("utf-8") for file in files}


def _converted(name: str, texts: dict[str, str], folder: Path) -> Unit:
    home = folder / name.replace("/", "__").replace(" ", "_")
    for path, text in texts.items():
        write_file(home / "dags" / path, text.encode())
    conversion = convert_input(read_input([home / "dags"]))
    for path, data in conversion.outputs.items():
        write_file(home / "flows" / path, data)
    paths = sorted(
        path
        for path in conversion.outputs
        if path == "prefect.yaml" or (path.endswith(".py") and not is_helper(path))
    )
    return Unit(name, home / "dags", home / "flows", to_json(conversion.files), tuple(paths))
