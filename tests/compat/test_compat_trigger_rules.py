from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"
OUTCOMES = ["success", "failed", "skipped", "upstream_failed"]
DEPTHS = {"success": 0, "failed": 0, "skipped": 0, "upstream_failed": 1}
EARLY = {"one_success", "one_failed", "one_done", "always"}


def recorded() -> list[tuple[str, list[str], str]]:
    files = sorted(DATA.glob("airflow*-rules.json"))
    return [tuple(row) for file in files for row in json.loads(file.read_text())["rows"]]


def ups(compat, outcomes, depth=DEPTHS.get, setup=False):
    return [compat.Upstream(how, depth(how) or 0, setup) for how in outcomes]


def test_both_versions_of_airflow_were_recorded():
    assert {rule for rule, _, _ in recorded()} >= {"dummy", "all_done_min_one_success"}
    assert len(recorded()) > 800


def test_every_combination_ends_as_in_real_airflow(compat):
    names = {"run": "success"}
    wrong = []
    for rule, outcomes, state in recorded():
        verdict = compat.decide(rule, ups(compat, outcomes))
        if names.get(verdict, verdict) != state:
            wrong.append((rule, outcomes, state, verdict))
    assert wrong == []


@pytest.mark.parametrize("rule", ["all_success", "one_failed", "all_skipped", "none_skipped"])
def test_a_task_without_upstreams_runs(compat, rule):
    assert compat.decide(rule, []) == "run"


# Written by hand from Airflow's TriggerRuleDep: what one outcome decides while another is open.
WHILE_ONE_IS_OPEN = {
    #                  success    failed             skipped            upstream_failed
    "all_success": (None, "upstream_failed", "skipped", "upstream_failed"),
    "all_failed": ("skipped", None, "skipped", None),
    "all_done": (None, None, None, None),
    "all_done_min_one_success": (None, None, "skipped", None),
    "all_done_setup_success": (None, None, None, None),
    "all_skipped": ("skipped", "skipped", None, "skipped"),
    "one_success": ("run", None, None, None),
    "one_failed": (None, "run", None, "run"),
    "one_done": ("run", "run", None, None),
    "none_failed": (None, "upstream_failed", None, "upstream_failed"),
    "none_failed_min_one_success": (None, "upstream_failed", None, "upstream_failed"),
    "none_skipped": (None, None, "skipped", None),
    "always": ("run", "run", "run", "run"),
}


@pytest.mark.parametrize("rule", WHILE_ONE_IS_OPEN)
def test_a_rule_decides_as_early_as_airflow_does(compat, rule):
    found = tuple(
        compat.decide(rule, [compat.Upstream(how, 0), compat.Upstream(None, 1)]) for how in OUTCOMES
    )
    assert found == WHILE_ONE_IS_OPEN[rule]


def test_an_early_verdict_is_never_taken_back(compat):
    """All but `all_success`: there, which end is seen first decides, in Airflow too."""
    for rule, first, second in product(WHILE_ONE_IS_OPEN, OUTCOMES, OUTCOMES):
        early = compat.decide(rule, [compat.Upstream(first), compat.Upstream(None)])
        late = compat.decide(rule, [compat.Upstream(first), compat.Upstream(second)])
        assert early in (None, late), (rule, first, second)


def test_at_one_distance_a_failure_weighs_more_than_a_skip(compat):
    skipped, failed = compat.Upstream("skipped", 2), compat.Upstream("failed", 2)
    assert compat.decide("all_success", [skipped, compat.Upstream(None, 2)]) is None
    assert compat.decide("all_success", [skipped, failed]) == "upstream_failed"


def test_the_nearer_end_decides_whatever_the_order_in_time(compat):
    near_skip, far_failure = compat.Upstream("skipped", 0), compat.Upstream("failed", 3)
    assert compat.decide("all_success", [far_failure, near_skip]) == "skipped"
    assert compat.decide("all_success", [far_failure, compat.Upstream(None, 0)]) is None


@pytest.mark.parametrize(
    ("setups", "work", "verdict"),
    [
        (["success"], ["failed"], "run"),
        (["success", "failed"], ["success"], "run"),
        (["failed"], ["success"], "upstream_failed"),
        (["failed", "skipped"], ["success"], "upstream_failed"),
        (["skipped"], ["success"], "skipped"),
        (["skipped"], [None], None),
        ([], ["failed"], "run"),
    ],
)
def test_a_teardown_runs_when_one_of_its_setups_worked(compat, setups, work, verdict):
    upstreams = [*ups(compat, setups, setup=True), *ups(compat, work)]
    assert compat.decide("all_done_setup_success", upstreams) == verdict
