"""Runs cases on an engine."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from flow_cases import Case
from prefect_server import serving
from workers import Command, run_all

ROOT = Path(__file__).parents[3]
PREFECT = ROOT / ".envs" / "prefect" / "bin" / "python"

_QUICK = Path(__file__).parent / "quick_prefect.py"
_WORKERS = 2
_FLOWLIGHT = ("-m", "flowlight")
LONG_WAY = (str(Path(__file__).parent / "long_way.py"),)


def on_flowlight(
    cases: Sequence[Case], scratch: Path, start: Sequence[str] = _FLOWLIGHT
) -> dict[str, list[str]]:
    """The lines of each case on flowlight, by the name of the case."""
    return run_all(_sources(cases), [_flowlight(scratch / str(n), start) for n in range(_WORKERS)])


def on_prefect(cases: Sequence[Case], scratch: Path) -> dict[str, list[str]]:
    """The lines of each case on real Prefect, by the name of the case."""
    if not PREFECT.exists():
        raise FileNotFoundError("real Prefect is not installed: run `make prefect-env`")
    return run_all(_sources(cases), [_prefect(scratch / str(n)) for n in range(_WORKERS)])


@contextlib.contextmanager
def _flowlight(home: Path, start: Sequence[str]) -> Iterator[Command]:
    """A home to itself: results that one run kept are not there in the next."""
    home.mkdir()
    homes = {"PREFECT_HOME": str(home), "FLOWLIGHT_HOME": str(home)}
    yield Command([sys.executable, *start], {**_environment(), **homes}, home)


@contextlib.contextmanager
def _prefect(home: Path) -> Iterator[Command]:
    """A server for one process alone: SQLite locks out the second of two that write at once."""
    home.mkdir()
    with serving(PREFECT, home, _environment()) as environment:
        yield Command([str(PREFECT), str(_QUICK)], environment, home)


def _sources(cases: Sequence[Case]) -> dict[str, str]:
    return {case.name: case.source for case in cases}


def _environment() -> dict[str, str]:
    ours = ("PREFECT_", "FLOWLIGHT_", "PYTHON")
    return {k: v for k, v in os.environ.items() if not k.startswith(ours)}
