"""The generated pages are those that the code generates."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("cli.md", "codes.md", "comparison.md", "constructs.md", "examples.md")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (ROOT / ".corpus").is_dir():
        pytest.fail("Airflow's example DAGs are not here: run make corpus", pytrace=False)
    folder = tmp_path_factory.mktemp("reference")
    # Neither the width of the terminal nor the folder that it runs in may show.
    command = [sys.executable, "-m", "dagferry.reference", str(folder)]
    env = {**os.environ, "COLUMNS": "43", "PYTHONHASHSEED": "7"}
    options = ["--corpus", str(ROOT / ".corpus")]
    subprocess.run([*command, *options], env=env, cwd=folder, check=True)
    return folder


@pytest.mark.corpus
@pytest.mark.parametrize("page", PAGES)
def test_the_committed_page_is_what_the_code_generates(page: str, fresh: Path) -> None:
    committed = (ROOT / "docs" / "reference" / page).read_bytes()
    assert committed == (fresh / page).read_bytes(), f"{page} is out of date: run make docs"


@pytest.mark.corpus
def test_those_are_all_the_pages(fresh: Path) -> None:
    assert sorted(file.name for file in fresh.iterdir()) == list(PAGES)


def test_without_the_examples_it_says_what_to_run(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dagferry.reference", str(tmp_path / "out")]
    done = subprocess.run([*command, "--corpus", str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 1
    assert "run make corpus" in done.stderr
    assert not (tmp_path / "out").exists()
