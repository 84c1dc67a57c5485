"""What Airflow's own example DAGs did on real Airflow, and what they do on daglight."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE.parent / "differential"))

from dag_engines import FIELDS, differences  # noqa: E402 - found through the line above

CORPUS = {2: ROOT / ".corpus" / "airflow-2.10.5", 3: ROOT / ".corpus" / "airflow-3.3.2"}
DATE = "2026-01-01T00:00:00+00:00"
#: What is another one in every run: moments of the run itself, addresses, identifiers.
_UNSTEADY = (
    (re.compile(r"20(?:2[6-9]|[3-9]\d)-(?!01-01)\d\d-\d\d([T ]\d\d:\d\d:\d\d(\.\d+)?)?"), "<now>"),
    (re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d [A-Z]+ \d{4}"), "<now>"),
    (re.compile(r"0x[0-9a-f]{6,}"), "<address>"),
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "<uuid>"),
    (re.compile(r"/[^ '\"]*/(scratch|tmp)\b"), "{\\1}"),
    (re.compile(r"/[^ '\"]*/site-packages/"), "{packages}/"),
)
#: Stands for what real Airflow gave otherwise in a second run: the example uses random numbers.
ANOTHER = "<another in every run>"
#: What these do depends on the hour and the day at which they run.
BY_THE_CLOCK = (
    "example_branch_datetime_operator.py::",
    "example_branch_day_of_week_operator.py::",
)
#: In a sentence, why daglight does not do the same.
REASONS = {
    "example_subdag_operator.py::": "sub-DAGs are gone from Airflow 3 and daglight has none",
    "example_trigger_controller_dag.py::": "Airflow knows no other DAG here, and fails where daglight "
    "records the call",
    "example_workday_timetable.py::": "a timetable of the user is refused",
    "example_python_operator.py::": "it prints the whole context with the insides of Airflow's objects",
    "example_python_decorator.py::": "it prints the whole context with the insides of Airflow's objects",
    "tutorial_objectstorage.py::": "paths in object storage are refused",
}
Document = dict[str, Any]


def recorded(version: int) -> Document:
    """The recording: `airflow`, and under `runs` the traces by `file::dag_id`."""
    return dict(json.loads(file_of(version).read_text(encoding="utf-8")))


def file_of(version: int) -> Path:
    """Where the recording is kept."""
    return HERE / "recorded" / f"airflow-{version}.json"


def compact(document: Document) -> Document:
    """What is compared of a trace, without what changes from run to run."""
    if "refused" in document:
        return {"refused": steady(document["refused"])[:300]}
    tasks = [
        {**{name: one[name] for name in (*FIELDS, "task_id", "map_index", "started", "ended")}}
        for one in document["tasks"]
    ]
    return {
        "run": steady(document["run"]),
        "callbacks": document["callbacks"],
        "tasks": steady(tasks),
    }


def steadied(first: Any, second: Any) -> Any:
    """What two runs agree on, with `ANOTHER` for the rest."""
    if isinstance(first, dict) and isinstance(second, dict) and first.keys() == second.keys():
        return {key: steadied(one, second[key]) for key, one in first.items()}
    if isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        return [steadied(one, other) for one, other in zip(first, second)]
    return first if first == second else ANOTHER


def covered(real: Any, light: Any) -> Any:
    """The value of daglight, with `ANOTHER` where real Airflow's has it."""
    if real == ANOTHER:
        return ANOTHER
    if isinstance(real, dict) and isinstance(light, dict):
        return {key: covered(real.get(key), one) for key, one in light.items()}
    if isinstance(real, list) and isinstance(light, list) and len(real) == len(light):
        return [covered(one, other) for one, other in zip(real, light)]
    return light


def steady(value: Any) -> Any:
    """The value without moments and addresses in its texts."""
    if isinstance(value, str):
        for pattern, name in _UNSTEADY:
            value = pattern.sub(name, value)
        return value
    if isinstance(value, list):
        return [steady(one) for one in value]
    if isinstance(value, dict):
        return {key: steady(one) for key, one in value.items()}
    return value


def on_daglight(version: int, names: list[str]) -> dict[str, Document]:
    """The traces of daglight, each from a process of its own: they change what they import.

    They run at the moment at which real Airflow ran them.
    """
    now = recorded(version)["at"]
    return {name: run_light(version, name, now) for name in names}


def run_light(version: int, name: str, now: str) -> Document:
    """One trace of daglight, run at a moment."""
    file, dag_id = name.split("::")
    asked = {
        "now": now,
        "path": str(CORPUS[version] / file),
        "dag_id": dag_id,
        "logical_date": DATE,
        "conf": {},
    }
    done = subprocess.run(
        [sys.executable, str(HERE.parent / "differential" / "dag_light.py"), str(version)],
        input=json.dumps([asked]),
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'runtime'}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["it ended without a word"]
        return {"refused": lines[-1]}
    return compact(json.loads(done.stdout)[0])


def verdict(real: Document, light: Document) -> tuple[str, str]:
    """`same`, `differs`, `refused` or `not run`, and why."""
    if "refused" in real:
        return "not run", real["refused"]
    if real["run"]["state"] == "incomplete":
        return "not run", real["run"]["reason"] or "it did not come to its end"
    if not real["tasks"]:
        return "not run", f"it has no task instances on {DATE[:10]}"
    if "refused" in light:
        return "refused", light["refused"]
    if light["run"]["state"] == "incomplete":
        return "refused", light["run"]["reason"]
    found = differences(real, covered(real, light))
    return ("differs", found[0]) if found else ("same", "")


def verdicts(version: int) -> Iterator[tuple[str, str, str]]:
    """File and DAG, verdict and reason, for each example that was recorded."""
    runs = recorded(version)["runs"]
    light = on_daglight(version, [name for name, one in runs.items() if "refused" not in one])
    for name, real in runs.items():
        found, why = verdict(real, light.get(name, {"refused": ""}))
        reason = next((text for part, text in REASONS.items() if name.startswith(part)), "")
        yield name, found, f"{reason}: {why}" if reason and found in ("differs", "refused") else why
