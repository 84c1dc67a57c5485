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
    """The traces of daglight, each from a process of its own: they change what they import."""
    return {name: _on_daglight(version, *name.split("::")) for name in names}


def _on_daglight(version: int, file: str, dag_id: str) -> Document:
    asked = {
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
    found = differences(real, light)
    return ("differs", found[0]) if found else ("same", "")


def verdicts(version: int) -> Iterator[tuple[str, str, str]]:
    """File and DAG, verdict and reason, for each example that was recorded."""
    runs = recorded(version)["runs"]
    light = on_daglight(version, [name for name, one in runs.items() if "refused" not in one])
    for name, real in runs.items():
        yield (name, *verdict(real, light.get(name, {"refused": ""})))
