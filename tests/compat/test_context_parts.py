"""The table of what flows have of Airflow's objects is what the helper gives them."""

from __future__ import annotations

from typing import Any

import pytest
from dagferry.source.context_parts import CONTEXT_PARTS


def _names(value: Any) -> set[str]:
    return {name for name in dir(value) if not name.startswith("_")}


@pytest.fixture
def context(compat):
    run = compat.airflow_run(params={"size": 3})
    ti = compat.TaskInstance("load", run, compat.XComs())
    return {**run.context(), "ti": ti, "task_instance": ti, "task": ti.task}


@pytest.mark.parametrize("name", sorted(CONTEXT_PARTS))
def test_the_table_names_what_the_helper_has(context, name):
    value = context[name]
    found = set(value) if isinstance(value, dict) else _names(value)
    # An Airflow page is named apart: there is none.
    assert found - {"log_url"} == set(CONTEXT_PARTS[name])


@pytest.mark.parametrize("part", ["task", "dag_run"])
def test_what_an_instance_leads_to_is_what_the_context_has(context, part):
    assert _names(getattr(context["ti"], part)) == set(CONTEXT_PARTS["ti"][part])
