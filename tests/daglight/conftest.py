"""A DAG file that is run by daglight in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RUNTIME = Path(__file__).parents[2] / "runtime"
HEAD = """\
from datetime import datetime

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

OPTIONS = {"start_date": datetime(2024, 1, 1), "schedule": None}
"""


class Folder:
    """A folder with one DAG file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, text: str) -> Path:
        """Write a file, with the folders it is in."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def run(
        self, *arguments: str, module: str = "daglight", **env: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a module of daglight in the folder."""
        command = [sys.executable, "-W", "error", "-m", module, *arguments]
        variables = {**os.environ, "PYTHONPATH": str(RUNTIME), **env}
        return subprocess.run(
            command, cwd=self.path, env=variables, capture_output=True, text=True, check=False
        )

    def trace(self, body: str, *arguments: str, **env: str) -> dict[str, Any]:
        """The trace of a run of `body`, below imports that every file needs."""
        self.write("dags/dag.py", HEAD + body)
        out = self.path / "trace.json"
        done = self.run(
            "dags/dag.py", "--out", str(out), *arguments, module="daglight.trace", **env
        )
        assert done.returncode == 0, done.stderr
        return dict(json.loads(out.read_text()))

    def refusal(self, body: str, *arguments: str) -> str:
        """What is said when `body` can not be run."""
        self.write("dags/dag.py", HEAD + body)
        done = self.run("run", "dags/dag.py", *arguments)
        assert done.returncode == 2, done.stdout
        assert "Traceback" not in done.stderr
        return done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder for DAG files."""
    return Folder(tmp_path)


@pytest.fixture
def task_of() -> Callable[[dict[str, Any], str], dict[str, Any]]:
    """Finds a task instance in a trace."""
    return lambda trace, task_id: next(one for one in trace["tasks"] if one["task_id"] == task_id)
