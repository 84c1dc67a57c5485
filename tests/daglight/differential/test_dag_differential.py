from __future__ import annotations

from pathlib import Path

import pytest
from compare_airflow import compared
from convert_random import plans, told, verdicts
from dag_engines import real_engine
from dag_plans import DagPlan
from dag_random import plan
from dag_shrinking import shrunk
from dag_sources import source
from dagferry.parity.opening import started

SEEDS = range(30)
#: What the converter makes stubs of, and values that it knows to come out otherwise.
UNCONVERTED = (
    "mapping",
    "mapped groups",
    "sensors",
    "fail fast",
    "missing keys",
    "groups",
    "callbacks",
    "native",
    "branches",
    "short circuits",
    "backoff",
    "unpushed",
    "json changes",
    "tries in templates",
)


@pytest.mark.airflow
@pytest.mark.parametrize("version", [2, 3])
def test_random_dags_do_the_same_on_daglight_and_on_airflow(version: int) -> None:
    dags = [plan(seed, version) for seed in SEEDS]
    with started(real_engine(version)) as ready:
        found = compared(dags, ready.started["airflow"], jobs=2)
    shown = [f"{source(one)}\n{found[one.dag_id]}" for one in dags if one.dag_id in found]
    assert not found, "\n\n".join(shown)


@pytest.mark.parametrize("version", [2, 3])
def test_random_dags_that_are_converted_do_the_same_as_flows(version: int, tmp_path: Path) -> None:
    found = verdicts(plans(SEEDS, version, UNCONVERTED), tmp_path)
    assert {grade for grade, _ in found.values()} <= {"native", "adapted"}
    wrong = {
        dag_id: list(told(report))
        for dag_id, (_, report) in found.items()
        if report is None or report.verdict != "equal"
    }
    assert len(found) == len(SEEDS)
    assert wrong == {}


def test_a_seed_is_one_source_and_seeds_differ() -> None:
    sources = [source(plan(seed, 2)) for seed in SEEDS]
    assert sources == [source(plan(seed, 2)) for seed in SEEDS]
    assert len(set(sources)) == len(sources)


def test_every_source_compiles() -> None:
    for seed in range(300):
        compile(source(plan(seed, 2 + seed % 2)), f"seed {seed}", "exec")


def test_shrinking_keeps_what_differs_and_drops_the_rest() -> None:
    whole = next(one for one in map(_with_failure, range(100)) if one is not None)

    def differ(dags: list[DagPlan]) -> dict[str, list[str]]:
        return {
            one.dag_id: ["it fails"]
            for one in dags
            if any(task.body == "fails" for task in one.tasks)
        }

    small = shrunk(whole, differ)
    assert [task.body for task in small.tasks] == ["fails"]
    assert small.options == ()
    compile(source(small), "small", "exec")


def _with_failure(seed: int) -> DagPlan | None:
    found = plan(seed, 2)
    fails = any(task.body == "fails" for task in found.tasks)
    return found if fails and len(found.tasks) > 5 else None
