"""Every argument that a DAG may have is used, carried, or named.

`dag_arguments.json` has the parameters of `DAG.__init__`, recorded from Airflow 2.11.2 and 3.3.2 with
`inspect.signature`.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from case_book import convert_texts
from dagferry.lowering import dag_arguments

SIGNATURES: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("dag_arguments.json").read_text()
)
LISTS = (
    dag_arguments.CARRIED,
    dag_arguments.ADVISORY,
    dag_arguments.LIMITS,
    dag_arguments.REQUIRED,
)
KNOWN = sorted(set(itertools.chain.from_iterable(SIGNATURES.values())))
DAG = """\
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator


def told(context):
    print(context)


with DAG({arguments}):
    BashOperator(task_id="say", bash_command="true")
"""
PLAIN = {
    "dag_id": '"example"',
    "start_date": "datetime(2024, 1, 1)",
    "schedule": '"@daily"',
    "catchup": "False",
}
# Values that mean something, where the number 7 would not.
VALUES = {
    "dag_id": '"another"',
    "start_date": "datetime(2024, 1, 1, tzinfo=ZONE)",
    "schedule": '"@hourly"',
    "schedule_interval": '"@hourly"',
    "timetable": "Workdays()",
    "catchup": "True",
    "default_args": '{"retries": 2}',
    "params": '{"number": 3}',
    "tags": '["shop"]',
    "dagrun_timeout": "timedelta(hours=1)",
    "on_failure_callback": "told",
    "on_success_callback": "told",
    "description": '"What it is for."',
    "doc_md": '"What it is for."',
}


def converted(folder: Path, given: dict[str, str], spread: bool = False) -> tuple[object, ...]:
    """What comes out for a DAG with these arguments, lines of findings left out."""
    text = ", ".join(f"{name}={value}" for name, value in given.items())
    if spread:
        text = "**{" + ", ".join(f'"{name}": {value}' for name, value in given.items()) + "}"
    result = convert_texts(folder, {"dag.py": DAG.format(arguments=text)})
    findings = [(f.code, f.message) for record in result.files for f in record.findings]
    outputs = {path: data for path, data in result.outputs.items() if "airflow_compat" not in path}
    return outputs, findings


@pytest.mark.parametrize("version", SIGNATURES)
def test_every_argument_of_airflow_stands_in_exactly_one_list(version):
    for name in SIGNATURES[version]:
        assert sum(name in one for one in LISTS) == 1, name


def test_the_lists_hold_nothing_that_airflow_does_not_know():
    old = {"fail_fast"}  # its name in Airflow 3
    assert set(itertools.chain.from_iterable(LISTS)) <= {*KNOWN, *old}


@pytest.mark.parametrize("spread", [False, True], ids=["written", "spread"])
@pytest.mark.parametrize("name", [*KNOWN, "an_argument_of_tomorrow"])
def test_an_argument_changes_what_comes_out_or_is_told(tmp_path, name, spread):
    base = {k: v for k, v in PLAIN.items() if not (k == "schedule" and name in _SCHEDULES)}
    plain = converted(tmp_path / "plain", base, spread)
    found = converted(tmp_path / "given", {**base, name: VALUES.get(name, "7")}, spread)
    assert found != plain, f"{name} is lost in silence"


_SCHEDULES = {"schedule_interval", "timetable"}
