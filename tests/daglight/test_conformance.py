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
KNOWN: dict[str, tuple[str, ...]] = {
    # The recorder counts a try when fields are rendered, and this one fails before.
    "params_of_task_bad.3.json": ("/tasks/bad/tries",),
    # `dag.test()` of Airflow 3.3.2 hands callbacks of the run a serialized DAG, with which no
    # notifier can render: it raises AttributeError, which is logged.
    "callbacks_notifier_of_dag.3.json": ("/effects/a.log",),
}


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
    recorded, trace = json.loads(path.read_text()), traces(version)[case]
    theirs, ours = expected(recorded), actual(trace)
    if "assets" in recorded:  # tasks that do not depend on each other run in any order
        theirs["assets"], ours["assets"] = sorted(recorded["assets"]), sorted(trace["assets"])
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
        "tasks": {key: steady(task) for key, task in recorded["tasks"].items()},
        "delays": {key: task.get("delays", []) for key, task in recorded["tasks"].items()},
        "names": named(recorded["tasks"]),
        "naps": {key: task["naps"] for key, task in recorded["tasks"].items() if "naps" in task},
    }


def actual(trace: dict[str, Any]) -> dict[str, Any]:
    """The same of daglight's trace."""
    if trace["import_error"]:
        return {"import_error": unordered(trace["import_error"])}
    tasks = {key_of(task): task for task in trace["tasks"]}
    return {
        "run": trace["run"]["state"],
        "effects": trace["effects"],
        "tasks": {key: steady(task) for key, task in tasks.items()},
        "delays": {key: task["delays"] for key, task in tasks.items()},
        "names": named(tasks),
        "naps": {key: naps(task["waits"]) for key, task in tasks.items() if "waits" in task},
    }


def key_of(task: dict[str, Any]) -> str:
    """`task_id`, or `task_id[3]` for one instance of a mapped task."""
    index = task["map_index"]
    return str(task["task_id"]) if index < 0 else f"{task['task_id']}[{index}]"


def named(tasks: dict[str, Any]) -> dict[str, str]:
    """What `map_index_template` made; Airflow 3 calls an instance without one by its number."""
    names = {key: task["name"] for key, task in tasks.items() if "name" in task}
    return {key: name for key, name in names.items() if not key.endswith(f"[{name}]")}


def naps(waits: list[dict[str, Any]]) -> list[Any]:
    """Every single wait of a sensor, as the recordings have them."""
    return [
        ["again", round(one["seconds"], 1)] if one["rescheduled"] else round(one["seconds"], 1)
        for one in waits
        for _ in range(one["times"])
    ]


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
