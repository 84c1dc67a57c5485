"""A flow that is a stub as a whole is never compared: nothing of its DAG is converted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MAPPED_GROUP = """\
from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group

with DAG("mapped", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):

    @task_group
    def op(num):
        @task
        def add(num):
            return num + 1

        add(num)

    op.expand(num=[1, 2, 3])
"""


def test_tasks_that_reading_did_not_see_are_by_hand_too(tmp_path: Path) -> None:
    (tmp_path / "mapped.py").write_text(MAPPED_GROUP)
    command = [sys.executable, "-m", "dagferry", "verify", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "converted by hand: the flow has a stub" in done.stdout
