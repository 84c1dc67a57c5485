"""daglight gives what real Airflow gave for every case, as far as the recording says it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
RECORDED = sorted((HERE / "recorded").glob("*.json"))

#: Recording -> paths below which the two are known to differ; the reasons stand beside them.
KNOWN: dict[str, tuple[str, ...]] = {}


@cache
def traces(version: str) -> dict[str, Any]:
    """All cases of one version, run in one process."""
    stems = [path.name.split(".")[0] for path in RECORDED if path.name.endswith(f".{version}.json")]
    paths = [str(HERE / "cases" / f"{stem}.py") for stem in stems]
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(HERE.parents[1] / "runtime"), str(HERE)]),
    }
    command = [sys.executable, str(HERE / "drive.py"), version, *paths]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name.removesuffix(".json"))
def test_daglight_does_what_airflow_did(path: Path) -> None:
    case, version, _ = path.name.split(".")
    theirs, ours = expected(json.loads(path.read_text())), actual(traces(version)[case])
    assert differences(theirs, ours, KNOWN.get(path.name, ())) == []


def differences(theirs: Any, ours: Any, known: tuple[str, ...], path: str = "") -> list[str]:
    """One line per leaf in which the two differ, without those that are known."""
    if theirs == ours or path in known:
        return []
    if not (isinstance(theirs, dict) and isinstance(ours, dict)):
        return [f"{path}: Airflow {theirs!r}, daglight {ours!r}"]
    return [
        line
        for key in sorted(theirs.keys() | ours.keys())
        for line in differences(
            theirs.get(key, "(nothing)"), ours.get(key, "(nothing)"), known, f"{path}/{key}"
        )
    ]


def expected(recorded: dict[str, Any]) -> dict[str, Any]:
    """What the recording says, without what differs from run to run."""
    if recorded["import_error"]:
        return {"import_error": unordered(recorded["import_error"])}
    return {
        "run": recorded["run"],
        "effects": recorded["effects"],
        "tasks": {task_id: steady(task) for task_id, task in recorded["tasks"].items()},
        "delays": {task_id: task.get("delays", []) for task_id, task in recorded["tasks"].items()},
    }


def actual(trace: dict[str, Any]) -> dict[str, Any]:
    """The same of daglight's trace."""
    if trace["import_error"]:
        return {"import_error": unordered(trace["import_error"])}
    return {
        "run": trace["run"]["state"],
        "effects": trace["effects"],
        "tasks": {task["task_id"]: steady(task) for task in trace["tasks"]},
        "delays": {task["task_id"]: task["delays"] for task in trace["tasks"]},
    }


def unordered(message: str) -> str:
    """An error message without the members of sets and lists, whose order is chance."""
    return re.sub(r"[{\[](<|').*?[}\]](?=[,.;]|$)", "{…}", message)


def steady(task: dict[str, Any]) -> dict[str, Any]:
    """The fields that are compared; lines of commands go to Airflow's log, they are no prints."""
    names = ("state", "tries", "upstream", "xcoms", "rendered", "prints")
    found = {name: task[name] for name in names}
    if "skipmixin_key" in found["xcoms"]:
        mark = {key: sorted(ids) for key, ids in found["xcoms"]["skipmixin_key"].items()}
        found["xcoms"] = {**found["xcoms"], "skipmixin_key": mark}
    if "bash_command" in task["rendered"]:
        del found["prints"]
    return found
