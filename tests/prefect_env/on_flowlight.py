"""Runs the same jobs as `real_prefect.py` on flowlight, one child process for each."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from real_prefect import PATIENCE, Job


def run_on_flowlight(jobs: Iterable[Job]) -> list[dict[str, Any]]:
    """One trace per job, in their order."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(run, jobs))


def run(job: Job) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "trace.json")
        target = f"{job.file}:{job.flow}" if job.flow else str(job.file)
        parameters = ["--parameters", json.dumps(job.parameters)]
        command = [sys.executable, "-m", "flowlight.trace", target, "--out", str(out), *parameters]
        child = subprocess.run(
            command,
            cwd=job.cwd or job.file.parent,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        if child.returncode != 0:
            raise RuntimeError(f"{job.file.name}:{job.flow or ''}: {child.stderr[-3000:]}")
        return json.loads(out.read_text())
