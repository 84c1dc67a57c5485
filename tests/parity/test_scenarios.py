"""Scenarios: one thing goes wrong on both sides, and what only shows then is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dagferry.parity import VerifyOptions, verify
from dagferry.parity.opening import started
from dagferry.parity.scenarios import FEW_TASKS, OTHER_ENVIRONMENT, OTHER_VARIABLES, chosen, planned
from dagferry.parity.trace import Trace
from dagferry.pipeline import convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import read_input
from dagferry.writing import write_file
from parity_build import dag_task, document, never

DAG = """
import os
from datetime import datetime

from airflow import DAG
from airflow.exceptions import AirflowSkipException
from airflow.models import Variable
from airflow.operators.bash import BashOperator
from airflow.operators.python import BranchPythonOperator, PythonOperator, ShortCircuitOperator
from airflow.sensors.python import PythonSensor


def load():
    if os.environ.get("NOTHING_NEW"):
        raise AirflowSkipException("nothing new")
    return Variable.get("table", default_var="orders")


def choose():
    return "left"


with DAG("etl", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    wait = PythonSensor(task_id="wait", python_callable=lambda: True, soft_fail=True, timeout=90)
    loaded = PythonOperator(task_id="load", python_callable=load, retries=1)
    open_ = ShortCircuitOperator(task_id="open", python_callable=lambda: True)
    way = BranchPythonOperator(task_id="way", python_callable=choose)
    left = BashOperator(task_id="left", bash_command="echo left")
    right = BashOperator(task_id="right", bash_command="echo right; exit 99")
    end = BashOperator(task_id="end", bash_command="echo end", trigger_rule="none_failed_min_one_success")
    tidy = BashOperator(task_id="tidy", bash_command="echo tidy", trigger_rule="all_done")
    wait >> loaded >> open_ >> way >> [left, right] >> end
    loaded >> tidy
"""
NAMES = [
    "wait fails",
    "wait times out",
    "load fails",
    "load fails once",
    "load is skipped",
    "open fails",
    "open returns True",
    "open returns False",
    "way fails",
    "way returns left",
    "way returns right",
    "left fails",
    "end fails",
    "tidy fails",
    OTHER_VARIABLES,
    OTHER_ENVIRONMENT,
]


@pytest.fixture(scope="module")
def engines():
    with started(VerifyOptions(timeout=120)) as options:
        yield options


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """The folder of the DAG, the files of its flow and the manifest."""
    dags = tmp_path_factory.mktemp("dags")
    (dags / "etl.py").write_text(DAG)
    conversion = convert_input(read_input([dags]))
    return dags, conversion.outputs, to_json(conversion.files)


def report_of(converted, engines, folder, *changes):
    dags, outputs, manifest = converted
    for path, data in outputs.items():
        write_file(folder / path, data)
    text = (folder / "etl.py").read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "etl.py").write_text(text)
    (report,) = verify(dags, folder, manifest, engines).dags
    return report


def test_all_scenarios_of_a_good_flow_are_equal(converted, engines, tmp_path):
    report = report_of(converted, engines, tmp_path)
    found = {one.name: one.verdict for one in report.scenarios.reports}
    assert found == dict.fromkeys(NAMES, "equal")
    assert list(found) == NAMES
    assert (report.verdict, report.scenarios.possible) == ("equal", len(NAMES))


@pytest.mark.parametrize(
    ("change", "scenario"),
    [
        (('trigger_rule="all_done"', 'trigger_rule="all_success"'), "load fails"),
        (('"none_failed_min_one_success"', '"all_done"'), "left fails"),
        (("@skips\n", ""), "load is skipped"),
        (('"table"', '"tables"'), OTHER_VARIABLES),
        (('"NOTHING_NEW"', '"NOTHING_OLD"'), OTHER_ENVIRONMENT),
        (("soft_fail=True", "soft_fail=False"), "wait times out"),
    ],
    ids=lambda one: one if isinstance(one, str) else one[0].strip(),
)
def test_what_the_plain_run_does_not_show(converted, engines, tmp_path, change, scenario):
    report = report_of(converted, engines, tmp_path, change)
    assert all(check.verdict != "different" for check in report.checks)
    found = {one.name for one in report.scenarios.reports if one.verdict == "different"}
    assert scenario in found
    assert report.verdict == "different"


def test_a_plain_run_that_differs_comes_first(converted, engines, tmp_path):
    report = report_of(converted, engines, tmp_path, ("echo tidy", "echo untidy"))
    assert (report.verdict, report.scenarios.reports) == ("different", ())
    assert report.scenarios.reason == "the plain run is different"


def plain(*tasks, **changes):
    return Trace.from_json(document("airflow", list(tasks), **changes))


def test_a_task_that_the_plain_run_did_not_come_to_has_no_scenario():
    trace = plain(
        dag_task("a", possible={"fail": True, "skip": True}),
        never("b", possible={"fail": True}),
        dag_task("c"),
    )
    assert [one.name for one in planned(trace)] == ["a fails", "a is skipped"]


def test_of_mapped_instances_the_last_fails_as_well():
    trace = plain(*(dag_task("a", map_index=at, possible={"fail": True}) for at in range(3)))
    assert [dict(one.injections[0]) for one in planned(trace)] == [
        {"task_id": "a", "do": "fail"},
        {"task_id": "a", "do": "fail", "map_index": 2},
    ]


@pytest.mark.parametrize(
    ("default", "as_json", "value"),
    [
        (None, False, "value of x"),
        ("orders", False, "value of x"),
        ("5", False, "6"),
        (5, False, "6"),
        ('["a"]', False, '["a", "value of x"]'),
        ({"port": 1, "on": True}, True, {"port": 2, "on": False}),
    ],
)
def test_another_value_has_the_shape_of_the_default(default, as_json, value):
    asked = {"variables": {"x": {"json": as_json, "default": default}}, "environment": {}}
    (scenario,) = planned(plain(dag_task("a"), asked_for=asked))
    assert scenario.variables == {"x": value}


def test_texts_that_the_code_compares_with_are_given_for_what_it_asks_for():
    asked = {
        "variables": {"x": {"json": False, "default": None}, "y": {"json": True, "default": 1}},
        "environment": {"HOME": None},
        "compared": ["prod", "test"],
    }
    found = {one.name: one for one in planned(plain(dag_task("a"), asked_for=asked))}
    assert list(found) == [
        OTHER_VARIABLES,
        "variables say prod",
        "variables say test",
        OTHER_ENVIRONMENT,
        "environment says prod",
        "environment says test",
    ]
    assert found["variables say prod"].variables == {"x": "prod"}
    assert found["environment says test"].environment == {"HOME": "test"}


def test_where_nothing_is_asked_for_nothing_is_given():
    asked = {"variables": {}, "environment": {}, "compared": ["prod"]}
    assert planned(plain(dag_task("a"), asked_for=asked)) == ()


PLANS = """
import json
import os
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

PLAN = json.loads(os.environ.get("PLAN", '{"a": [], "b": ["a"]}'))
KINDS = {"big": "echo big"}
KIND = os.environ.get("KIND", "big")

with DAG("plans", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    tasks = {name: BashOperator(task_id=name, bash_command=KINDS[KIND]) for name in PLAN}
    for name, before in PLAN.items():
        tasks[name].set_upstream([tasks[one] for one in before])
    if os.environ.get("DEPLOYMENT") == "production":
        BashOperator(task_id="publish", bash_command="echo publish")
"""


def verdicts_of(source, engines, folder, *changes):
    """The verdicts on the scenarios of a file that is converted and then changed."""
    (folder / "dags").mkdir()
    (folder / "dags" / "plans.py").write_text(source)
    conversion = convert_input(read_input([folder / "dags"]))
    manifest = to_json(conversion.files)
    for path, data in conversion.outputs.items():
        write_file(folder / "flows" / path, data)
    flow = folder / "flows" / "plans.py"
    for old, new in changes:
        assert old in flow.read_text()
        flow.write_text(flow.read_text().replace(old, new))
    (report,) = verify(folder / "dags", folder / "flows", manifest, engines).dags
    return {one.name: one.verdict for one in report.scenarios.reports}


def test_a_text_that_is_compared_with_shows_what_only_that_text_does(engines, tmp_path):
    source = PLANS.replace("KINDS[KIND]", '"echo big"')
    found = verdicts_of(source, engines, tmp_path, ('"echo publish"', '"echo published"'))
    assert found["environment says production"] == "different"
    assert {name for name, one in found.items() if one == "different"} == {
        "environment says production"
    }


def test_a_dag_that_does_not_load_with_other_values_is_given_fewer(engines, tmp_path):
    source = PLANS.replace("KINDS[KIND]", '"echo big"').split("    if os.environ")[0]
    found = verdicts_of(source, engines, tmp_path, ('"PLAN"', '"PLANS"'))
    assert found[OTHER_ENVIRONMENT] == "different"


def test_a_dag_that_loads_with_no_other_value_is_not_run_with_one(engines, tmp_path):
    assert OTHER_ENVIRONMENT not in verdicts_of(PLANS, engines, tmp_path)


@pytest.mark.parametrize(
    ("tasks", "limit", "count"),
    [
        (FEW_TASKS, None, FEW_TASKS),
        (FEW_TASKS + 9, None, FEW_TASKS),
        (5, 2, 2),
        (5, 0, 0),
        (5, 9, 5),
    ],
)
def test_how_many_are_run(tasks, limit, count):
    trace = plain(*(dag_task(f"t{at}", possible={"fail": True}) for at in range(tasks)))
    found, possible = chosen(trace, limit)
    assert (len(found), possible) == (count, tasks)
    assert len({one.name for one in found}) == count


def test_no_scenario_is_run_behind_one_that_differs_where_one_is_enough(
    converted, engines, tmp_path
):
    wrong = ('trigger_rule="all_done"', 'trigger_rule="all_success"')
    report = report_of(converted, replace(engines, stop_early=True), tmp_path, wrong)
    assert [one.name for one in report.scenarios.reports] == ["wait fails"]
    assert report.verdict == "different"
    assert report.scenarios.possible == len(NAMES)


def test_settings_that_the_dag_does_not_take_are_named(engines, tmp_path):
    dags = tmp_path / "dags"
    dags.mkdir()
    text = """
import os
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

DAYS = {"short": 1}[os.environ.get("LENGTH", "short")]

with DAG("etl", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    BashOperator(task_id="a", bash_command="echo a")
"""
    (dags / "etl.py").write_text(text)
    conversion = convert_input(read_input([dags]))
    for path, data in conversion.outputs.items():
        write_file(tmp_path / "flows" / path, data)
    (report,) = verify(dags, tmp_path / "flows", to_json(conversion.files), engines).dags
    assert [one.name for one in report.scenarios.reports] == ["a fails"]
    (left_out,) = report.scenarios.left_out
    assert left_out.name == OTHER_ENVIRONMENT
    assert "KeyError: 'value of LENGTH'" in (left_out.reason or "")
    assert (report.verdict, report.scenarios.possible) == ("equal", 2)
