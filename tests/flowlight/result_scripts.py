"""Runs a script against flowlight's `prefect`, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path


def environment(folder: Path, **more: str) -> dict[str, str]:
    """An environment in which Prefect's settings are ours and home is below `folder`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "PYTHON"))}
    return {**kept, "HOME": str(folder / "home"), **more}


def start(folder: Path, source: str, around: Mapping[str, str], name: str) -> subprocess.Popen[str]:
    """The process of a script that is written into `folder`."""
    path = folder / f"{name}.py"
    path.write_text(textwrap.dedent(source), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "flowlight", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=dict(around),
    )


def lines_of(child: subprocess.Popen[str]) -> list[str]:
    """What a process printed, once it has ended well."""
    out, errors = child.communicate(timeout=120)
    assert child.returncode == 0, errors
    return out.splitlines()


def run(folder: Path, source: str, name: str = "script", **more: str) -> list[str]:
    """What a script prints."""
    return lines_of(start(folder, source, environment(folder, **more), name))
