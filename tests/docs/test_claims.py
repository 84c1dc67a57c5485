"""What the pages claim of the commands, beyond what they show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

DESTROYER = """\
from pathlib import Path

from airflow import DAG
from airflow.operators.empty import EmptyOperator

Path("precious.txt").unlink()

with DAG(f"dag_{Path('precious.txt').unlink()}", schedule=None, catchup=False):
    EmptyOperator(task_id=str(Path("precious.txt").unlink()))
"""


@pytest.mark.parametrize(
    "arguments", [["assess", "dags"], ["convert", "dags", "-o", "out"], ["graph", "dags/dag.py"]]
)
def test_reading_never_runs_a_line_of_the_users_code(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "dag.py").write_text(DESTROYER)
    (tmp_path / "precious.txt").write_text("still here")
    command = [sys.executable, "-m", "dagferry", *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode in {0, 1}, done.stderr
    assert done.stdout.strip()
    assert (tmp_path / "precious.txt").read_text() == "still here"


@pytest.mark.parametrize("arguments", [["assess", "dags"], ["convert", "dags", "-o", "out"]])
def test_reading_imports_neither_the_engines_nor_what_they_stand_for(
    arguments: list[str], tmp_path: Path
) -> None:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "dag.py").write_text(DESTROYER)
    script = "import sys; from dagferry.cli import run; run(sys.argv[1:]); print(*sys.modules)"
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    imported = set(done.stdout.rsplit("\n", 2)[-2].split())
    assert "dagferry.pipeline" in imported
    assert not imported & {"airflow", "prefect", "flowlight", "daglight", "pydantic"}
