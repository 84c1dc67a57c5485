"""What no recording can show: the simulated clock, the notes of a trace, what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

RUNTIME = Path(__file__).parents[2] / "runtime"
HEAD = """
from datetime import datetime, time, timedelta
from airflow import DAG
from airflow.decorators import task, task_group
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import ExternalPythonOperator, PythonOperator
from airflow.operators.python import PythonVirtualenvOperator
from airflow.operators.weekday import BranchDayOfWeekOperator
from airflow.models.baseoperator import BaseOperator
from airflow.sensors.base import BaseSensorOperator, poke_mode_only
from airflow.sensors.date_time import DateTimeSensor, DateTimeSensorAsync
from airflow.sensors.filesystem import FileSensor
from airflow.sensors.python import PythonSensor
from airflow.sensors.time_delta import TimeDeltaSensor
from airflow.sensors.time_sensor import TimeSensor
from airflow.sensors.weekday import DayOfWeekSensor

with DAG("d", start_date=datetime(2024, 1, 1), schedule=None) as dag:
"""


def trace(folder: Path, body: str, version: int = 2) -> dict[str, Any]:
    """The trace of a DAG with that body, run in a process of its own."""
    path, out = folder / "dag.py", folder / "trace.json"
    path.write_text(HEAD + "".join(f"    {line}\n" for line in body.strip().split("\n")))
    command = [sys.executable, "-m", "daglight.trace", str(path), "--out", str(out)]
    command += ["--airflow-version", str(version), "--logical-date", "2024-01-02T00:00:00+00:00"]
    env = {**os.environ, "PYTHONPATH": str(RUNTIME)}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(out.read_text()))


def task_of(document: dict[str, Any], task_id: str, map_index: int = -1) -> dict[str, Any]:
    return next(
        one
        for one in document["tasks"]
        if (one["task_id"], one["map_index"]) == (task_id, map_index)
    )


def hours_waited(task: dict[str, Any]) -> float:
    return sum(float(one["seconds"]) * one["times"] for one in task["waits"]) / 3600


@pytest.mark.parametrize("mode", ["poke", "reschedule"])
@pytest.mark.parametrize("sensor", ["DateTimeSensor", "DateTimeSensorAsync"])
def test_a_sensor_that_waits_for_a_day_waits_on_the_simulated_clock(
    tmp_path: Path, mode: str, sensor: str
) -> None:
    day = "{{ dag_run.start_date + macros.timedelta(hours=24) }}"
    body = f'{sensor}(task_id="wait", target_time="{day}", mode="{mode}", poke_interval=3600)'
    document = trace(tmp_path, body)
    task = task_of(document, "wait")
    assert (task["state"], task["tries"]) == ("success", 1)
    again = mode == "reschedule"
    assert task["waits"] == [{"seconds": 3600, "times": 24, "rescheduled": again}]


def test_ten_thousand_pokes_are_one_line_of_the_trace(tmp_path: Path) -> None:
    body = 'PythonSensor(task_id="never", python_callable=lambda: False)'
    task = task_of(trace(tmp_path, body), "never")
    week = 7 * 24 * 60
    assert task["state"] == "failed"
    assert task["waits"] == [{"seconds": 60, "times": week, "rescheduled": False}]


def test_a_sensor_of_a_day_and_of_a_time_sees_the_simulated_clock(tmp_path: Path) -> None:
    body = """
for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
    DayOfWeekSensor(task_id=day, week_day=day, poke_interval=3600)
EmptyOperator(task_id="last")
"""
    document = trace(tmp_path, body)
    assert {one["state"] for one in document["tasks"]} == {"success"}
    # One after the other, on one clock; none waits a whole week, whatever the day of this run.
    waits = [hours_waited(one) for one in document["tasks"] if "waits" in one]
    assert 5 * 24 < sum(waits) <= 12 * 24
    assert max(waits) <= 6 * 24


@pytest.mark.parametrize("version", [2, 3])
def test_a_sensor_of_a_time_ends(tmp_path: Path, version: int) -> None:
    body = 'TimeSensor(task_id="t", target_time=time(0, 0), poke_interval=60)'
    assert task_of(trace(tmp_path, body, version), "t")["state"] == "success"


def test_a_sensor_finds_a_file_by_a_glob(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.csv").write_text("x")
    body = f"""
FileSensor(task_id="found", filepath="{tmp_path}/in/*.csv")
FileSensor(task_id="folder", filepath="{tmp_path}/in")
FileSensor(task_id="deep", filepath="{tmp_path}/**/one.csv", recursive=True)
FileSensor(task_id="lost", filepath="{tmp_path}/in/*.txt", timeout=3600, soft_fail=True)
"""
    document = trace(tmp_path, body)
    states = {one["task_id"]: one["state"] for one in document["tasks"]}
    assert states == {
        "found": "success",
        "folder": "success",
        "deep": "success",
        "lost": "skipped",
    }


def test_exponential_backoff_of_a_sensor_grows_and_is_the_same_each_time(tmp_path: Path) -> None:
    body = """
options = dict(python_callable=lambda: False, exponential_backoff=True, poke_interval=60)
PythonSensor(task_id="poke", timeout=86400, **options)
PythonSensor(task_id="again", timeout=86400, mode="reschedule", **options)
"""
    one, other = trace(tmp_path, body), trace(tmp_path, body)
    for name in ("poke", "again"):
        waits = task_of(one, name)["waits"]
        assert waits == task_of(other, name)["waits"]
        seconds = [wait["seconds"] for wait in waits]
        assert 30 <= seconds[0] < 120
        assert max(seconds) > 8 * seconds[0]
        assert hours_waited(task_of(one, name)) == pytest.approx(24, abs=0.01)


def test_a_function_for_a_virtual_environment_runs_in_process_and_the_trace_says_so(
    tmp_path: Path,
) -> None:
    body = """
@task.virtualenv(requirements=["pandas==2.0"], python_version="3.9", system_site_packages=False)
def one(x):
    return x + 1

@task.external_python(python="/opt/python")
def two(x):
    return x * 2

@task.branch_virtualenv(requirements=["x"])
def choose():
    return "left"

two(one(1))
choose() >> [EmptyOperator(task_id="left"), EmptyOperator(task_id="right")]
PythonVirtualenvOperator(task_id="classic", python_callable=lambda: 5)
ExternalPythonOperator(task_id="other", python="/opt/python", python_callable=lambda: 6)
"""
    document = trace(tmp_path, body)
    assert task_of(document, "two")["xcoms"] == {"return_value": 4}
    assert task_of(document, "right")["state"] == "skipped"
    assert task_of(document, "one")["notes"] == [
        "run in process, not in a virtual environment (Python 3.9; pandas==2.0)"
    ]
    assert task_of(document, "other")["notes"] == [
        "run in process, not in the environment of /opt/python"
    ]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            'task.virtualenv(task_id="x", env_vars={"A": "b"})(lambda: 1)()',
            "with env_vars",
        ),
        ("task.stub(lambda: 1)", "@task.stub"),
    ],
)
def test_what_is_not_there_is_refused_by_name(tmp_path: Path, body: str, words: str) -> None:
    path = tmp_path / "dag.py"
    path.write_text(HEAD + f"    {body}\n")
    command = [sys.executable, "-m", "daglight", "run", str(path)]
    env = {**os.environ, "PYTHONPATH": str(RUNTIME)}
    done = subprocess.run(
        command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert words in done.stderr


def test_deferring_and_relative_files_make_a_run_incomplete(tmp_path: Path) -> None:
    body = """
class Defers(BaseOperator):
    def execute(self, context):
        self.defer(trigger=None, method_name="resume")

Defers(task_id="defers")
FileSensor(task_id="file", filepath="some.csv")
"""
    run = trace(tmp_path, body)["run"]
    assert run["state"] == "incomplete"
    assert "deferring to a trigger (Defers)" in run["reason"]
    assert (
        "FileSensor with a relative path ('some.csv') without the connection fs_default: give it with"
        in run["reason"]
    )


def test_callbacks_of_mapped_instances_are_told_with_their_index(tmp_path: Path) -> None:
    body = """
def note(context):
    pass

@task(on_success_callback=note)
def work(n):
    return n

work.expand(n=[1, 2])
"""
    found = trace(tmp_path, body)["callbacks"]
    assert [(one["task_id"], one["map_index"]) for one in found] == [("work", 0), ("work", 1)]


def test_the_text_output_names_the_instance(tmp_path: Path) -> None:
    path = tmp_path / "dag.py"
    path.write_text(HEAD + "    task(lambda n: print(n)).override(task_id='a').expand(n=[7])\n")
    command = [sys.executable, "-m", "daglight", "run", str(path)]
    env = {**os.environ, "PYTHONPATH": str(RUNTIME)}
    done = subprocess.run(
        command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == ["a[0]: try 1", "a[0] | 7", "a[0]: success", "run: success"]


def test_a_mapped_task_of_a_thousand_instances_feeds_a_mapped_group(tmp_path: Path) -> None:
    body = """
@task
def numbers():
    return list(range(1000))

@task
def add(n):
    return n + 1

@task
def total(values):
    return sum(values)

@task_group
def group(n):
    return add(add(n))

total(add.override(task_id="plain").expand(n=numbers()))
total.override(task_id="of_group")(group.expand(n=numbers()))
"""
    document = trace(tmp_path, body)
    assert task_of(document, "total")["xcoms"] == {"return_value": 500500}
    assert task_of(document, "of_group")["xcoms"] == {"return_value": 501500}
    assert len(document["tasks"]) == 3004
