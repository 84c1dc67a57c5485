"""Which templates can fail to render, told without rendering them."""

from __future__ import annotations

import pytest
from dagferry.source.jinja import read_template
from dagferry.source.safe_templates import never_fails

SAFE = [
    "plain",
    "{{ ds }} and {{ ts_nodash }}",
    "{{ params.size }}",
    "{{ ds | upper }}",
    "{{ logical_date | ds_nodash }}",
    "{{ logical_date.year }}",
    "{{ macros.ds_add(ds, -1) }}",
    "{{ logical_date.strftime('%Y') }}",
]
UNSAFE = [
    "{{ dag_run.conf['table'] }}",
    "{{ var.value.x }}",
    "{{ (logical_date + macros.timedelta(days=1)) | ds_nodash }}",
    "{{ (ds ~ 1) | ds }}",
    "{{ unknown | upper }}",
    "{{ ds",
    "{% for x in y %}{% endfor %}",
]


@pytest.mark.parametrize("text", SAFE)
def test_what_any_run_renders_is_safe(text: str) -> None:
    assert never_fails(text, 2)


@pytest.mark.parametrize("text", UNSAFE)
def test_what_a_run_may_not_render_is_not_safe(text: str) -> None:
    assert not never_fails(text, 2)


def test_a_template_knows_what_it_reads() -> None:
    found = read_template("{{ ds }}-{{ params.size }}", None)
    assert found.parts == (("run", "ds"), ("text", "-"), ("params", "size"))
    assert (found.names, found.params, found.safe_in) == (("ds", "params"), ("size",), (2, 3))


def test_names_that_airflow_3_lacks_are_safe_in_airflow_2_alone() -> None:
    assert read_template("{{ execution_date }}", None).safe_in == (2,)
