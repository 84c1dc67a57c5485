"""The converter writes the same bytes under every Python that it supports, whatever the files' syntax."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "converter"
VERSIONS = ("3.10", "3.12", "3.13")

NEWER_SYNTAX = """\
from datetime import datetime

from airflow.decorators import dag, task

type Row = dict[str, int]


@dag(schedule=None, start_date=datetime(2024, 1, 1), catchup=False)
def newer():
    @task
    def first[T](x: T) -> T:
        row: Row = {"a": 1}
        print(f"{row["a"]} and {"".join(["x", "y"])}")
        return x

    first(1)


newer()
"""


def interpreter(version: str) -> str:
    """Python of an environment with dagferry; the test is skipped, or fails in CI, without one."""
    found = ROOT / ".envs" / f"python{version}" / "bin" / "python"
    if not found.exists():
        reason = (
            f"no environment for Python {version}: run `make python-envs` where it is installed"
        )
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return str(found)


def run(python: str, *arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def own() -> dict[str, str]:
    """The digests of all cases under the Python that runs the tests."""
    return digests(sys.executable)


def digests(python: str) -> dict[str, str]:
    done = run(python, str(CASES / "emit_twice.py"))
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_every_case_comes_out_the_same(version: str, own: dict[str, str]) -> None:
    other = digests(interpreter(version))
    assert other.keys() == own.keys()
    assert [name for name in own if own[name] != other[name]] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_syntax_that_is_newer_than_the_running_python_converts(
    version: str, tmp_path: Path
) -> None:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "newer.py").write_text(NEWER_SYNTAX)
    python = interpreter(version)
    done = run(python, "-m", "dagferry", "convert", "dags", "-o", "flows", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    flow = (tmp_path / "flows" / "newer.py").read_text()
    assert 'f"{row["a"]} and {"".join(["x", "y"])}"' in flow
    assert "def first[T](x: T) -> T:" in flow
    assert '@flow(name="newer"' in flow
