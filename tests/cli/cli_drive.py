"""Runs `dagferry` as people do: in a child process."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

GOOD = """\
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def hello():
    return 1


with DAG("good", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="hello", python_callable=hello)
"""
CONVERTED = """\
from prefect import flow, task


@task
def hello():
    return 1


@flow(name="good", log_prints=True)
def good():
    hello()


if __name__ == "__main__":
    good()
"""
MANUAL = GOOD.replace("python_callable=hello", "python_callable=hello, never_heard_of=1")


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def calm(self) -> bool:
        """No traceback, whatever else went wrong."""
        return "Traceback" not in self.out + self.err


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "dagferry", *map(str, arguments)]


def dagferry(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> Result:
    child = subprocess.run(
        command(*arguments),
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Result(child.returncode, child.stdout, child.stderr)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
