"""Runs cases on an engine, all of them in one child process."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from flow_cases import Case

ROOT = Path(__file__).parents[3]
PREFECT = ROOT / ".envs" / "prefect" / "bin" / "python"

_OBSERVE = Path(__file__).parent / "observe_flows.py"
_TIMEOUT_SECONDS = 900

# Prefect's own server gives up under load; what a case notes then says nothing about Prefect.
_BUSY = re.compile(r"PrefectHTTPStatusError: Server error '50\d|Server process did not start")


def on_flowlight(cases: list[Case], scratch: Path) -> dict[str, list[str]]:
    """The lines of each case on flowlight, by the name of the case."""
    return _observe([sys.executable, "-m", "flowlight"], cases, scratch, {}, workers=4)


def on_prefect(cases: list[Case], scratch: Path) -> dict[str, list[str]]:
    """The lines of each case on real Prefect, by the name of the case."""
    if not PREFECT.exists():
        raise FileNotFoundError("real Prefect is not installed: run `make prefect-env`")
    settings = {
        "PREFECT_HOME": str(scratch / "home"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
    }
    seen = _observe([str(PREFECT)], cases, scratch, settings, workers=4)
    unheard = [case for case in cases if any(_BUSY.search(line) for line in seen[case.name])]
    if unheard:
        seen.update(_observe([str(PREFECT)], unheard, scratch, settings, workers=1))
    return seen


def _observe(
    command: list[str],
    cases: list[Case],
    scratch: Path,
    settings: dict[str, str],
    *,
    workers: int,
) -> dict[str, list[str]]:
    given, out = scratch / "cases.json", scratch / "seen.json"
    given.write_text(json.dumps({case.name: case.source for case in cases}), encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "PYTHON"))}
    done = subprocess.run(
        [*command, str(_OBSERVE), str(given), str(out), str(workers)],
        env={**kept, **settings},
        cwd=scratch,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_SECONDS,
        check=False,
    )
    if done.returncode or not out.exists():
        raise RuntimeError(f"the engine ended with {done.returncode}:\n{done.stderr[-3000:]}")
    seen: dict[str, list[str]] = json.loads(out.read_text(encoding="utf-8"))
    return seen
