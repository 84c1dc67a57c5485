"""Airflow's example DAGs on daglight, against what real Airflow was recorded to do with them."""

from __future__ import annotations

import re

import pytest
from example_traces import ANOTHER, ROOT, covered, on_daglight, recorded, steadied, verdict
from write_page import PAGE

pytestmark = pytest.mark.corpus


def listed_as_same(version: int) -> list[str]:
    """What the page says to be the same on both."""
    text = PAGE.read_text(encoding="utf-8")
    part = text[text.index(f"## airflow {version}.") :]
    part = part.partition("\n## ")[0] if version == 3 else part.partition("## airflow 3.")[0]
    return re.findall(r"^\| `(.+)` \| same trace \|", part, flags=re.MULTILINE)


@pytest.mark.parametrize("version", [2, 3])
def test_examples_that_the_page_calls_the_same_are_the_same(version: int) -> None:
    assert (ROOT / ".corpus").is_dir(), "Airflow's example DAGs are not here: run make corpus"
    names = listed_as_same(version)
    assert len(names) >= 10
    runs, light = recorded(version)["runs"], on_daglight(version, names)
    assert {name: verdict(runs[name], light[name]) for name in names} == dict.fromkeys(
        names, ("same", "")
    )


def test_a_trace_with_another_value_is_not_the_same() -> None:
    name = listed_as_same(2)[0]
    real = recorded(2)["runs"][name]
    other = {**real, "tasks": [{**one, "state": "other"} for one in real["tasks"]]}
    assert verdict(real, real) == ("same", "")
    assert verdict(real, other)[0] == "differs"


def test_what_two_runs_of_airflow_do_not_agree_on_is_left_out() -> None:
    first = {"rows": 5, "prints": ["5 rows", "done"], "tries": 1}
    agreed = steadied(first, {"rows": 7, "prints": ["7 rows", "done"], "tries": 1})
    assert agreed == {"rows": ANOTHER, "prints": [ANOTHER, "done"], "tries": 1}
    assert covered(agreed, {"rows": 9, "prints": ["9 rows", "done"], "tries": 1}) == agreed
    assert covered(agreed, {"rows": 9, "prints": ["9 rows"], "tries": 2}) != agreed


def test_only_random_numbers_are_left_out_of_the_recordings() -> None:
    files = {
        name.partition("::")[0]
        for version in (2, 3)
        for name, one in recorded(version)["runs"].items()
        if ANOTHER in str(one)
    }
    assert files == {
        "example_asset_state_store.py",
        "example_task_state_store.py",
        "example_task_state_store_mapped.py",
    }
