"""Runs plans on daglight and on real Airflow, and says in what the traces differ."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from dag_plans import DagPlan
from dag_sources import source
from dag_words import EARLY
from dagferry.parity import VerifyOptions
from dagferry.parity.engines import Engine
from dagferry.parity.side import Side, run_side

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
#: What is compared of each task instance.
FIELDS = (
    "state",
    "tries",
    "delays",
    "xcoms",
    "rendered",
    "upstream",
    "prints",
    "error",
    "options",
)
#: How `dag.test()` of Airflow 2.11.2 ends where the run has a callback and its last task was mapped
#: over what never came: it raises while it makes the context for the callback. Everything but the
#: state of the run and its callbacks is compared then.
LEFT_OPEN = ("NotFullyPopulated:",)
Document = dict[str, Any]


def python_of(version: int) -> str:
    """The Python of the environment with that major version of Airflow."""
    return str(ROOT / ".envs" / f"airflow{version}" / "bin" / "python")


def write(plans: Sequence[DagPlan], folder: Path) -> None:
    """One folder for each plan, so that each is run with nothing beside it."""
    for plan in plans:
        own = folder / plan.dag_id
        own.mkdir(parents=True)
        (own / f"{plan.dag_id}.py").write_text(source(plan), encoding="utf-8")


def on_daglight(plans: Sequence[DagPlan], folder: Path) -> dict[str, Document]:
    """The traces of plans of one version; a refusal is `{"refused": why}`."""
    requests = [
        {
            "path": str(folder / plan.dag_id / f"{plan.dag_id}.py"),
            "dag_id": plan.dag_id,
            "logical_date": plan.logical_date,
            "conf": plan.conf,
        }
        for plan in plans
    ]
    done = subprocess.run(
        [sys.executable, str(HERE / "dag_light.py"), str(plans[0].version)],
        input=json.dumps(requests),
        env={**os.environ, "PYTHONPATH": str(ROOT / "runtime")},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
    return dict(zip([plan.dag_id for plan in plans], json.loads(done.stdout)))


def on_airflow(
    plans: Sequence[DagPlan], folder: Path, engine: Engine, jobs: int = 1
) -> dict[str, Document]:
    """The same of real Airflow."""
    with ThreadPoolExecutor(jobs) as pool:
        found = list(pool.map(lambda plan: _on_airflow(plan, folder, engine), plans))
    return dict(zip([plan.dag_id for plan in plans], found))


def _on_airflow(plan: DagPlan, folder: Path, engine: Engine) -> Document:
    options = {"logical-date": plan.logical_date, "conf": plan.conf}
    file = f"{plan.dag_id}.py"
    side = Side(engine, folder / plan.dag_id, file, plan.dag_id, options, dict(os.environ), 120)
    recorded = run_side(side)
    return recorded.document or {"refused": recorded.reason}


def real_engine(version: int) -> VerifyOptions:
    """What `dagferry.parity.opening.started` takes to start that Airflow."""
    return VerifyOptions(airflow=python_of(version), scenarios=0)


def differences(real: Document, light: Document) -> list[str]:
    """One line for each thing in which the two differ."""
    if "refused" in real or "refused" in light:
        kinds = [one.get("refused", "it runs") for one in (real, light)]
        both = "refused" in real and "refused" in light
        return [] if both else ["Airflow: {}; daglight: {}".format(*kinds)]
    if light["run"]["state"] == "incomplete":
        return [f"daglight refuses: {light['run']['reason']}"]
    return list(_of_run(real, light))


def _of_run(real: Document, light: Document) -> Iterator[str]:
    ended = not str(real["run"]["reason"]).startswith(LEFT_OPEN)
    if ended:
        yield from _leaf("run", real["run"]["state"], light["run"]["state"])
    ours, theirs = _instances(light), _instances(real)
    for key in sorted(ours.keys() | theirs.keys()):
        if key not in ours or key not in theirs:
            yield f"{key}: only on {'Airflow' if key in theirs else 'daglight'}"
            continue
        if not ended and theirs[key]["state"] == "none":
            continue  # what it was about to decide was rolled back when the run was left open
        for name in FIELDS:
            found = [_steady(name, one[key]) for one in (theirs, ours)]
            yield from _leaf(f"{key}/{name}", *found)
    callbacks = [_callbacks(one, ended) for one in (real, light)]
    for task_id in sorted(callbacks[0].keys() | callbacks[1].keys()):
        yield from _leaf(f"callbacks of {task_id}", *(one.get(task_id, []) for one in callbacks))
    yield from _leaf("order", _edges_kept(real), _edges_kept(light))


def _leaf(place: str, real: Any, light: Any) -> Iterator[str]:
    if isinstance(real, dict) and isinstance(light, dict):
        for key in sorted(real.keys() | light.keys()):
            found = [one.get(key, "(nothing)") for one in (real, light)]
            yield from _leaf(f"{place}/{key}", *found)
    elif json.dumps(real, sort_keys=True) != json.dumps(light, sort_keys=True):
        yield f"{place}: Airflow {real!r}, daglight {light!r}"


def _instances(document: Document) -> dict[str, Document]:
    return {f"{one['task_id']}[{one['map_index']}]": one for one in document["tasks"]}


def _steady(name: str, instance: Document) -> Any:
    """Without the order of the ids that a branch skipped, which is a set in Airflow.

    Airflow 3 does not say by which exception a task skipped itself, and names the class that it could
    not store with advice, which for the results of a mapped task is a class of its own inside.
    """
    value = instance[name]
    if name == "error" and value is not None and "annot serialize object of type" in value:
        return "TypeError: cannot serialize object"
    if name == "error" and instance["state"] == "skipped":
        return None
    if name == "xcoms" and "skipmixin_key" in value:
        mark = {key: sorted(ids) for key, ids in value["skipmixin_key"].items()}
        return {**value, "skipmixin_key": mark}
    return value


def _callbacks(document: Document, of_run: bool) -> dict[str, list[str]]:
    """Those of each task instance in their order; between tasks the order is free."""
    found: dict[str, list[str]] = {}
    for one in document["callbacks"]:
        if one["task_id"] is None and not of_run:
            continue
        key = f"{one['task_id']}[{one['map_index']}]" if one["task_id"] else "the run"
        found.setdefault(key, []).append(f"{one['event']} {one['name']}")
    return found


def _edges_kept(document: Document) -> list[str]:
    """The edges along which upstream had ended before downstream began, where a rule waits for it."""
    spans: dict[str, list[Document]] = {}
    for one in document["tasks"]:
        spans.setdefault(one["task_id"], []).append(one)
    return sorted(
        f"{up} -> {down['task_id']}[{down['map_index']}]"
        for down in document["tasks"]
        if down["options"]["trigger_rule"] not in EARLY
        for up in down["upstream"]
        if down["started"] is not None and _all_before(_beside(down, up, spans), down["started"])
    )


def _beside(down: Document, up: str, spans: dict[str, list[Document]]) -> list[Document]:
    """The instances of an upstream that one waits for: in one mapped group those of its index."""
    found = spans.get(up, [])
    group = up.partition(".")[0]
    if group.startswith("each") and group == down["task_id"].partition(".")[0]:
        return [one for one in found if one["map_index"] == down["map_index"]]
    return found


def _all_before(instances: Sequence[Document], moment: int) -> bool:
    """Whether all that ran had ended; real Airflow does not say when the others were decided."""
    ended = [one["ended"] for one in instances if one["started"] is not None]
    return all(one is not None and one < moment for one in ended)
