from __future__ import annotations

import textwrap
from datetime import timedelta
from pathlib import Path

import pytest
from flowlight.deployments.project_file import ProjectFile, read_project
from flowlight.loading import UserError
from flowlight.variables import Variable
from serving_kit import prefect_is_flowlight, write_flow

__all__ = ["prefect_is_flowlight"]

WHOLE = """\
# Our flows
name: project
prefect-version: 3.8.8

definitions:
  tags: &common_tags
    - "etl"
    - nightly   # always

build: null
push: null
pull:
  - prefect.deployments.steps.set_working_directory:
      directory: "."

deployments:
  - &base
    name: one
    version: '1'
    tags: *common_tags
    description: >-
      Folded
      text
    entrypoint: work_flow.py:work
    parameters: {x: 3}
    enforce_parameter_schema: true
    paused: false
    concurrency_limit:
      limit: 2
      collision_strategy: ENQUEUE
    schedules:
      - cron: "0 6 * * *"
        timezone: Europe/Berlin
        day_or: false
        slug: morning
        active: false
        parameters:
          x: 5
      - interval: 3600
        anchor_date: "2024-01-01T00:00:00+00:00"
      - {interval: PT15M}
      - rrule: FREQ=DAILY
    work_pool:
      name: pool
      work_queue_name: null
      job_variables:
        env: {LEVEL: "high"}
    triggers: []
  - <<: *base
    name: two
    schedules: []
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_flow(tmp_path)
    return tmp_path


def project(folder: Path, text: str) -> ProjectFile:
    path = folder / "prefect.yaml"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return read_project(path)


def one(folder: Path, lines: str) -> ProjectFile:
    entry = textwrap.indent(textwrap.dedent(lines).strip("\n"), "    ")
    return project(
        folder, f"deployments:\n  - name: d\n    entrypoint: work_flow.py:work\n{entry}\n"
    )


def test_every_key_is_read(folder: Path) -> None:
    found = project(folder, WHOLE)
    first, second = found.deployments()
    assert (first.full_name, second.full_name) == ("work/one", "work/two")
    assert (first.version, first.description, first.tags) == (
        "1",
        "Folded text",
        ["etl", "nightly"],
    )
    assert (first.parameters, first.concurrency_limit, first.paused) == ({"x": 3}, 2, False)
    assert first.job_variables == {"env": {"LEVEL": "high"}}
    assert [type(each.schedule).__name__ for each in first.schedules or []] == [
        "CronSchedule",
        "IntervalSchedule",
        "IntervalSchedule",
        "RRuleSchedule",
    ]
    cron, hourly, quarter, _ = first.schedules or []
    assert (cron.slug, cron.active, cron.parameters) == ("morning", False, {"x": 5})
    assert cron.schedule.model_dump() == {
        "cron": "0 6 * * *",
        "timezone": "Europe/Berlin",
        "day_or": False,
    }
    assert hourly.schedule.model_dump()["interval"] == timedelta(hours=1)
    assert quarter.schedule.model_dump()["interval"] == timedelta(minutes=15)
    assert second.schedules == []
    assert second.tags == ["etl", "nightly"]
    assert found.notes == ["work_pool: name 'pool' is not used: flows run on this machine"]


def test_it_is_written_back_byte_for_byte(folder: Path, tmp_path: Path) -> None:
    project(folder, WHOLE).write(tmp_path / "again.yaml")
    assert (tmp_path / "again.yaml").read_text() == WHOLE


def test_a_deployment_that_is_added_changes_nothing_else(folder: Path) -> None:
    found = project(folder, WHOLE)
    found.add({"name": "three", "entrypoint": "work_flow.py:work"})
    found.write()
    text = found.path.read_text()
    assert text.startswith(WHOLE.rstrip("\n"))
    assert read_project(found.path).names == ["one", "two", "three"]
    found.add({"name": "three", "entrypoint": "work_flow.py:work", "paused": True})
    found.write()
    assert read_project(found.path).names == ["one", "two", "three"]
    assert read_project(found.path).deployments(["three"])[0].paused is True


def test_the_old_single_schedule_is_read(folder: Path) -> None:
    (made,) = one(folder, "schedule:\n  cron: '0 6 * * *'\n").deployments()
    assert [each.schedule.model_dump()["cron"] for each in made.schedules or []] == ["0 6 * * *"]


def test_names_choose_deployments(folder: Path) -> None:
    found = project(folder, WHOLE)
    assert [each.name for each in found.deployments(["two"])] == ["two"]
    with pytest.raises(UserError, match="no deployment 'nine'; it has: one, two"):
        found.deployments(["nine"])


def test_templates_are_filled_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITY", "Oslo")
    monkeypatch.setenv("FLOWLIGHT_HOME", str(folder / "home"))
    Variable.set("amount", 7)
    text = (
        "description: in {{ $CITY }} and {{$CITY}}\n"
        'parameters: {x: "{{ prefect.variables.amount }}"}\n'
    )
    (made,) = one(folder, text).deployments()
    assert (made.description, made.parameters) == ("in Oslo and Oslo", {"x": 7})


def test_the_pull_step_sets_the_folder(tmp_path: Path) -> None:
    write_flow(tmp_path / "inner")
    text = """\
    pull:
      - prefect.deployments.steps.set_working_directory:
          directory: inner
    deployments:
      - {name: d, entrypoint: "work_flow.py:work"}
    """
    (made,) = project(tmp_path, text).deployments()
    assert made._path == str(tmp_path / "inner")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("schedule: {cron: '0 0 * * *'}\nschedules: []", "both 'schedule' and 'schedules'"),
        ("schedules: [{cron: x}]", 'Invalid cron string: "x"'),
        ("schedules: [{cron: '0 0 * * *', interval: 3}]", "one of 'cron', 'interval', 'rrule'"),
        ("schedules: [{crom: '0 0 * * *'}]", "unknown key 'crom'"),
        ("schedules: [{cron: '0 0 * * *', active: maybe}]", "active"),
        ("entry_point: x", "unknown key 'entry_point'"),
        ("triggers: [{type: event}]", "'triggers'"),
        ("sla: [{}]", "'sla'"),
        ("version_type: vcs:git", "'version_type'"),
        ("work_pool: {job_variables: {image: x}}", "honours 'env' only, found: image"),
        ("work_pool: {pool: x}", "unknown key 'pool'"),
        ("concurrency_limit: {limit: 1, collision_strategy: CANCEL_NEW}", "ENQUEUE"),
        ("build: [{prefect_docker.deployments.steps.build_docker_image: {}}]", "'build' steps"),
        ("pull: [{prefect.deployments.steps.git_clone: {repository: x}}]", "git_clone"),
        ("schedules: 3", "schedules: expected a list, found 3"),
        ("schedules: [3]", "schedule: expected keys and values, found 3"),
        ("tags: 3", "tags: expected a list, found 3"),
        ("parameters: 3", "parameters: expected keys and values, found 3"),
        ("concurrency_limit: many", "concurrency_limit: expected a number, found 'many'"),
        ("work_pool: 3", "work_pool: expected keys and values, found 3"),
        ("work_pool: {job_variables: 3}", "job_variables: expected keys and values, found 3"),
        ("work_pool: {job_variables: {env: [1]}}", "env: expected keys and values, found [1]"),
        ("pull: text", "pull: expected keys and values, found 'text'"),
        ("pull: [{prefect.deployments.steps.set_working_directory: }]", "expected keys and values"),
        (
            "pull: [{prefect.deployments.steps.set_working_directory: {}}]",
            "'directory' is missing",
        ),
        ("parameters: {x: text}", "Validation failed for field 'x'"),
        ("description: '{{ $NO_SUCH_VARIABLE }}'", "no environment variable 'NO_SUCH_VARIABLE'"),
        ("description: '{{ prefect.variables.nothing }}'", "no variable 'nothing'"),
        ("description: '{{ build-image.tag }}'", "runs no steps"),
        ("description: '{{ prefect.blocks.secret.a }}'", "blocks are not read here"),
    ],
)
def test_what_is_not_honoured_is_an_error(
    folder: Path, lines: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOWLIGHT_HOME", str(folder / "home"))
    with pytest.raises(UserError) as raised:
        one(folder, lines).deployments()
    assert message in str(raised.value)
    assert str(folder / "prefect.yaml") in str(raised.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("deployments: []", "no deployments"),
        ("", "no deployments"),
        ("deployments: [", "not YAML"),
        ("- a", "expected keys and values"),
        ("deploymnets: []", "unknown key 'deploymnets'"),
        ("deployments: [{name: d}]", "'entrypoint' is missing"),
        ("deployments: [{entrypoint: 'work_flow.py:work'}]", "'name' is missing"),
        ("deployments: [{name: d, entrypoint: 'work_flow.py:nope'}]", "there is no flow 'nope'"),
        ("deployments: [{name: d, entrypoint: 'no.py:work'}]", "cannot be read"),
        ("deployments: text", "deployments: expected a list, found 'text'"),
        ("deployments: [text]", "deployment 'text': expected keys and values"),
        ("deployments: [{name: d, entrypoint: 3}]", "entrypoint: expected text, found 3"),
    ],
)
def test_files_that_are_none_are_refused(folder: Path, text: str, message: str) -> None:
    with pytest.raises(UserError) as raised:
        project(folder, text).deployments()
    assert message in str(raised.value)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "prefect.yaml"
    path.write_bytes(b"name: a\ndescription: gr\xfc\xdfe\n")
    with pytest.raises(
        UserError, match=r"prefect\.yaml:2: expected UTF-8 text, found the byte 0xfc"
    ):
        read_project(path)
