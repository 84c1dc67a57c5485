"""The tenth check: what is wrong with a deployment is different, and what was named is not checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dagferry import manifest as manifests
from dagferry.assertions import check as assert_same
from dagferry.parity import VerifyOptions, verify
from dagferry.parity.opening import started
from dagferry.parity.schedules import named_codes
from dagferry.pipeline import convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import read_input

DAGS = """\
from datetime import datetime, timedelta

import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator

BERLIN = pendulum.timezone("Europe/Berlin")

with DAG("six", start_date=datetime(2024, 1, 1, tzinfo=BERLIN), schedule="0 6 * * *", catchup=False):
    BashOperator(task_id="tell", bash_command="echo {{ data_interval_start }}")

with DAG(
    "often",
    start_date=datetime(2024, 1, 1, 1, 30),
    schedule=timedelta(hours=7),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=True,
    tags=["reports", "hours"],
):
    BashOperator(task_id="tell", bash_command="echo {{ data_interval_start }}")

with DAG("workdays", start_date=datetime(2024, 1, 1), schedule="30 7 * * 1-5", catchup=False):
    EmptyOperator(task_id="start")

with DAG("days", start_date=datetime(2024, 1, 1, tzinfo=BERLIN), schedule=timedelta(days=1), catchup=False):
    EmptyOperator(task_id="start")

with DAG("months", start_date=datetime(2024, 1, 1, tzinfo=BERLIN), schedule="@monthly", catchup=False):
    EmptyOperator(task_id="start")

with DAG("asked", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    EmptyOperator(task_id="start")
"""
SIX = '{cron: "0 6 * * *", timezone: Europe/Berlin}'
# 67622 times seven hours after 1970 is the first multiple behind the start date.
OFTEN = '{interval: 25200, anchor_date: "2024-01-01T02:00:00+00:00", timezone: UTC}'
WORKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=7;BYMINUTE=30;BYSECOND=0"
ASKED = "  - name: asked\n    entrypoint: schedules.py:asked\n"


@pytest.fixture(scope="module")
def engines():
    with started(VerifyOptions(timeout=60)) as options:
        yield options


def converted(folder: Path, source: str) -> tuple[Path, Path, dict]:
    dags, flows = folder / "dags", folder / "flows"
    for one in (dags, flows):
        one.mkdir(parents=True)
    (dags / "schedules.py").write_text(source)
    made = convert_input(read_input([dags]))
    for path, data in made.outputs.items():
        (flows / path).parent.mkdir(exist_ok=True, parents=True)
        (flows / path).write_bytes(data)
    return dags, flows, manifests.build({}, made.outputs, "", to_json(made.files))


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return converted(tmp_path_factory.mktemp("schedules"), DAGS)


def checked(folders, engines, dag_id: str | None = None) -> dict:
    report = verify(*folders, engines, only=dag_id)
    return {dag.dag_id: next(c for c in dag.checks if c.check == "schedule") for dag in report.dags}


def test_what_is_converted_starts_when_airflow_would(folders, engines):
    found = checked(folders, engines)
    assert {name: one.verdict for name, one in found.items()} == dict.fromkeys(
        ("six", "often", "workdays", "days", "months", "asked"), "equal"
    )
    # Four windows, each with its intervals; deployment, tags, kind, catching up, paused and the limit.
    assert found["six"].detail == "14 compared"
    assert found["asked"].detail == "5 compared"


@pytest.fixture
def edited(folders):
    file = folders[1] / "prefect.yaml"
    text = file.read_text()

    def edit(old: str, new: str) -> None:
        assert text.count(old) >= 1, f"{old!r} is not in {text}"
        file.write_text(text.replace(old, new, 1))

    yield edit
    file.write_text(text)


@pytest.mark.parametrize(
    ("dag_id", "old", "new", "label"),
    [
        ("six", SIX, SIX.replace("0 6", "0 5"), "start times"),
        ("six", SIX, SIX.replace("0 6", "1 6"), "start times"),
        ("six", SIX, '{cron: "0 6 * * *"}', "start times"),
        ("six", SIX, SIX.replace("Europe/Berlin", "UTC"), "start times"),
        # One that has the same clock in winter, and one that has it but for some weeks.
        ("six", SIX, SIX.replace("Europe/Berlin", "Africa/Lagos"), "start times"),
        ("workdays", '1-5", timezone: UTC', '1-5", timezone: Europe/London', "start times"),
        ("six", f"    schedules:\n      - {SIX}\n", "", "schedule"),
        ("six", SIX, SIX.replace("}", ", active: false}"), "start times"),
        ("six", SIX, f'{SIX}\n      - {{cron: "0 18 * * *"}}', "start times"),
        ("six", SIX, SIX.replace("}", ", parameters: {logical_date: 2024-01-01}}"), "parameters"),
        ("six", "entrypoint: schedules.py:six", "entrypoint: schedules.py:asked", "schedule"),
        ("often", OFTEN, OFTEN.replace("25200", "25201"), "start times"),
        ("often", OFTEN, OFTEN.replace("T02:", "T03:"), "start times"),
        ("often", "concurrency_limit: 1", "concurrency_limit: 2", "concurrent runs"),
        ("often", "    concurrency_limit: 1\n", "", "concurrent runs"),
        ("often", "    paused: true\n", "", "paused"),
        ("six", "schedules.py:six\n", "schedules.py:six\n    paused: true\n", "paused"),
        (
            "six",
            "schedules.py:six\n",
            "schedules.py:six\n    concurrency_limit: 3\n",
            "concurrent runs",
        ),
        ("days", "timezone: UTC", "timezone: Europe/Berlin", "start times"),
        ("asked", f"{ASKED}    work_pool: {{name: default}}\n", "", "deployment"),
        ("often", "      - hours\n", "", "tags"),
        ("asked", ASKED, f"{ASKED}    tags: [reports]\n", "tags"),
        ("asked", ASKED, f'{ASKED}    schedules: [{{cron: "0 0 * * *"}}]\n', "schedule"),
    ],
)
def test_a_wrong_deployment_is_different(folders, engines, edited, dag_id, old, new, label):
    edited(old, new)
    found = checked(folders, engines, dag_id)[dag_id]
    assert (found.verdict, any(one.startswith(label) for one in found.airflow)) == (
        "different",
        True,
    )


@pytest.mark.parametrize(
    ("dag_id", "old", "new"),
    [
        ("six", SIX, SIX.replace("0 6 * * *", "0 6 * * 0-6")),
        ("often", OFTEN, OFTEN.replace("T02:", "T09:")),
        ("often", "concurrency_limit: 1", "concurrency_limit: {limit: 1}"),
        ("often", "      - reports\n      - hours\n", "      - hours\n      - reports\n"),
        ("workdays", '{cron: "30 7 * * 1-5", timezone: UTC}', '{cron: "30 7 * * 1-5"}'),
        (
            "workdays",
            '{cron: "30 7 * * 1-5", timezone: UTC}',
            f"{{rrule: '{WORKDAYS}'}}",
        ),
    ],
)
def test_another_spelling_of_the_same_is_equal(folders, engines, edited, dag_id, old, new):
    edited(old, new)
    assert checked(folders, engines, dag_id)[dag_id].verdict == "equal"


def test_a_flow_that_takes_another_interval_is_different(folders, engines):
    file = folders[1] / "schedules.py"
    text = file.read_text()
    try:
        file.write_text(text.replace('schedule="0 6 * * *"', 'schedule="0 6 * * 1"'))
        found = checked(folders, engines, "six")["six"]
    finally:
        file.write_text(text)
    assert found.verdict == "different"
    assert all(label.startswith("data intervals") for label in found.airflow)


def test_without_prefect_yaml_it_is_not_checked(tmp_path, engines):
    folders = converted(tmp_path, DAGS)
    (folders[1] / "prefect.yaml").unlink()
    found = checked(folders, engines, "six")["six"]
    assert (found.verdict, found.vacuous, found.reasons) == (
        "not-checked",
        False,
        ("no prefect.yaml",),
    )


def test_what_cannot_be_read_is_not_checked(folders, engines, edited):
    edited(SIX, '{cron: "0 66 * * *"}')
    found = checked(folders, engines, "six")["six"]
    assert found.verdict == "not-checked"
    assert "Invalid cron string" in found.detail


def test_two_deployments_of_a_flow_are_not_checked(folders, engines, edited):
    edited("deployments:\n", f"deployments:\n{ASKED.replace('name: asked', 'name: more')}")
    found = checked(folders, engines, "asked")["asked"]
    assert found.reasons == ("several deployments of the flow: more, asked",)


BARE_DAG = """\
from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("one", start_date=datetime(2024, 1, 1), schedule="@daily"):
    EmptyOperator(task_id="a")
"""
BARE_FLOW = """\
from prefect import flow, task


@task
def a():
    pass


@flow(name="one")
def one():
    a()
"""


def test_two_files_without_a_deployment_are_equal_without_it(tmp_path):
    (tmp_path / "dag.py").write_text(BARE_DAG)
    (tmp_path / "flow.py").write_text(BARE_FLOW)
    assert_same(tmp_path / "dag.py", tmp_path / "flow.py", VerifyOptions(timeout=60))


NAMED = """\
from datetime import datetime

import pendulum
from airflow import DAG, Dataset
from airflow.operators.empty import EmptyOperator

with DAG("{name}", start_date=pendulum.datetime(2024, 1, 1, tz="{zone}"), {arguments}):
    EmptyOperator(task_id="start")
"""


@pytest.mark.parametrize(
    ("arguments", "zone", "code"),
    [
        ('schedule="@daily", catchup=True', "UTC", "DF202"),
        ('schedule=[Dataset("a")], catchup=False', "UTC", "DF203"),
        ('schedule="@continuous", catchup=False, max_active_runs=1', "UTC", "DF203"),
        ('schedule="@once", catchup=False', "UTC", "DF205"),
        ('schedule="@daily", catchup=False, end_date=datetime(2030, 1, 1)', "UTC", "DF209"),
        ('schedule="30 2 * * *", catchup=False', "Europe/Berlin", "DF212"),
        ('schedule="@hourly", catchup=False', "Europe/Berlin", "DF212"),
    ],
)
def test_what_a_finding_names_is_not_checked(tmp_path, engines, arguments, zone, code):
    source = NAMED.format(name="one", zone=zone, arguments=arguments)
    found = checked(converted(tmp_path, source), engines)["one"]
    assert (found.verdict, found.vacuous) == ("not-checked", False)
    assert code in found.detail


def test_a_finding_excuses_only_what_it_names(tmp_path, engines):
    source = NAMED.format(name="one", zone="UTC", arguments='schedule="@daily", catchup=True')
    folders = converted(tmp_path, source)
    file = folders[1] / "prefect.yaml"
    file.write_text(file.read_text().replace("0 0 * * *", "0 1 * * *"))
    assert checked(folders, engines)["one"].verdict == "different"


def test_a_finding_belongs_to_the_dag_that_it_stands_in():
    findings = [
        {"code": "DF202", "line": 12},
        {"code": "DF209", "line": 2},
        {"code": "DF207", "line": 12},
    ]
    dags = [{"dag_id": "one", "line": 5}, {"dag_id": "two", "line": 10}]
    files = [{"path": "a.py", "dags": dags, "findings": findings}]
    assert named_codes(files, "a.py", dags[0]) == ("DF209",)
    assert named_codes(files, "a.py", dags[1]) == ("DF202", "DF209")


def test_a_finding_of_a_factory_belongs_to_the_dags_that_other_files_make_with_it():
    findings = [
        {"code": "DF209", "line": 7},
        {"code": "DF212", "line": 7, "dag_id": "two"},
        {"code": "DF203", "line": 7, "dag_id": "three"},
    ]
    dags = [{"dag_id": name, "line": 5, "path": "common/factory.py"} for name in ("one", "two")]
    other = {"dag_id": "alone", "line": 9}
    files = [
        {"path": "a.py", "dags": [*dags, other], "findings": [{"code": "DF202", "line": 9}]},
        {"path": "common/factory.py", "dags": [], "findings": findings},
    ]
    assert named_codes(files, "a.py", dags[0]) == ("DF209",)
    assert named_codes(files, "a.py", dags[1]) == ("DF209", "DF212")
    assert named_codes(files, "a.py", other) == ("DF202",)


def test_a_trace_that_says_nothing_of_its_schedule_is_not_checked(folders, engines, tmp_path):
    from dataclasses import replace

    from dagferry.parity.saved import SavedTraces

    verify(*folders, replace(engines, save_traces=tmp_path), only="six")
    (file,) = (tmp_path / "airflow").glob("*.json")
    found = json.loads(file.read_text())
    assert found["subject"].pop("schedule")["kind"] == "time"
    file.write_text(json.dumps(found))
    saved = replace(engines, saved=SavedTraces.read(tmp_path / "airflow"))
    one = checked(folders, saved, "six")["six"]
    assert one.reasons == ("the trace of the DAG does not say when it would run",)
