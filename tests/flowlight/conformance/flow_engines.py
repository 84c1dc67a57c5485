"""Runs cases on an engine."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from flow_cases import Case
from prefect_server import serving
from workers import Command, run_all

ROOT = Path(__file__).parents[3]
PREFECT = ROOT / ".envs" / "prefect" / "bin" / "python"

# A flow on real Prefect is mostly waiting: for its server, and for its own log and events to go.
_PREFECT_WORKERS = 4


def on_flowlight(cases: Sequence[Case], scratch: Path) -> dict[str, list[str]]:
    """The lines of each case on flowlight, by the name of the case."""
    command = Command([sys.executable, "-m", "flowlight"], _environment(), scratch)
    return run_all({case.name: case.source for case in cases}, command, workers=2)


def on_prefect(cases: Sequence[Case], scratch: Path) -> dict[str, list[str]]:
    """The lines of each case on real Prefect, by the name of the case."""
    if not PREFECT.exists():
        raise FileNotFoundError("real Prefect is not installed: run `make prefect-env`")
    sources = {case.name: case.source for case in cases}
    with serving(PREFECT, scratch, _environment()) as environment:
        return run_all(sources, Command([str(PREFECT)], environment, scratch), _PREFECT_WORKERS)


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "PYTHON"))}
