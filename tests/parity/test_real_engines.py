"""verify() on real Airflow and real Prefect, and what their recorders see."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from dagferry.parity import VerifyOptions, verify
from dagferry.parity.both_sides import Folders, run_airflow, run_flow
from dagferry.parity.manifest import Subject
from dagferry.parity.opening import started
from dagferry.parity.saved import SavedTraces
from dagferry.parity.trace import Trace
from dagferry.parity.worker import RECORDERS
from dagferry.pipeline import convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import read_input
from parity_build import document

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENTS = {2: ".envs/airflow2", 3: ".envs/airflow3", "prefect": ".envs/prefect"}
SAMPLES = ROOT / "samples" / "airflow_dags"
# What the two majors both load: retries and a callback, edges, branches, Bash, XComs.
HANDFUL = ("alert_on_failure", "diamond", "who_decides", "bash_environment", "short_functions")

pytestmark = [pytest.mark.airflow, pytest.mark.prefect]


def interpreter(which) -> str:
    path = ROOT / ENVIRONMENTS[which] / "bin" / "python"
    assert path.exists(), f"There is no {path}: run `make envs`"
    return str(path)


@pytest.fixture(scope="module")
def prefect():
    with started(VerifyOptions(prefect=interpreter("prefect"), scenarios=0)) as options:
        yield options.started


@pytest.fixture(scope="module", params=[2, 3])
def engines(request, prefect):
    asked = VerifyOptions(
        airflow=interpreter(request.param), started=prefect, timeout=120, scenarios=0
    )
    with started(asked) as options:
        yield options


def convert(dags: Path, flows: Path, version: int):
    made = convert_input(read_input([dags]), airflow_version=version)
    for path, data in made.outputs.items():
        (flows / path).parent.mkdir(parents=True, exist_ok=True)
        (flows / path).write_bytes(data)
    return to_json(made.files)


@pytest.fixture
def folders(tmp_path):
    for name in ("dags", "flows", "traces"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_samples_do_the_same_on_both_real_engines(engines, folders):
    for name in HANDFUL:
        shutil.copy(SAMPLES / f"{name}.py", folders / "dags")
    manifest = convert(folders / "dags", folders / "flows", engines.airflow_version)
    report = verify(folders / "dags", folders / "flows", manifest, engines)
    assert {dag.dag_id: (dag.verdict, dag.reason) for dag in report.dags} == dict.fromkeys(
        HANDFUL, ("equal", None)
    )
    assert report.engines["airflow"].startswith(f"airflow {engines.airflow_version}.")
    assert report.engines["prefect"].startswith("prefect 3.")


def test_scenarios_on_real_engines(engines, folders):
    shutil.copy(SAMPLES / "joins.py", folders / "dags")
    manifest = convert(folders / "dags", folders / "flows", engines.airflow_version)
    asked = replace(engines, scenarios=None)
    (dag,) = verify(folders / "dags", folders / "flows", manifest, asked).dags
    found = {one.name: one.verdict for one in dag.scenarios.reports}
    assert len(found) == dag.scenarios.possible >= 2
    assert found == dict.fromkeys(found, "equal")
    # What the run of the flow ends as shows when something fails.
    flow = folders / "flows" / "joins.py"
    flow.write_text(flow.read_text().replace("return [end_run]", "return [start_run]"))
    (dag,) = verify(folders / "dags", folders / "flows", manifest, asked).dags
    assert {check.verdict for check in dag.checks} <= {"equal", "not-checked"}
    assert {one.verdict for one in dag.scenarios.reports} == {"different"}


def test_a_wrong_flow_is_different_on_real_engines(engines, folders):
    shutil.copy(SAMPLES / "short_functions.py", folders / "dags")
    manifest = convert(folders / "dags", folders / "flows", engines.airflow_version)
    flow = folders / "flows" / "short_functions.py"
    right = flow.read_text()
    wrong = right.replace("21", "20")
    assert wrong != right
    flow.write_text(wrong)
    report = verify(folders / "dags", folders / "flows", manifest, engines)
    (dag,) = report.dags
    assert [check.check for check in dag.checks if check.verdict == "different"] == [
        "xcoms",
        "rendered",
    ]


EDGE_DAG = """
from datetime import datetime
from airflow import DAG
from airflow.decorators import task
with DAG("edge", start_date=datetime(2024, 1, 1), schedule=None):
    @task
    def first(): pass
    @task
    def second(): pass
    first() >> second()
"""
EDGE_FLOW = """
from prefect import flow, task
@task
def first(): pass
@task
def second(): pass
@flow(name="edge")
def edge():
    {body}
"""


@pytest.mark.parametrize(
    ("body", "order"),
    [
        ("first(); second()", "equal"),
        ("second.submit(wait_for=[first.submit()]).wait()", "equal"),
        ("one = first.submit(); one.result(); second.submit().wait()", "equal"),
        ("one = first.submit(); two = second.submit(); one.result(); two.wait()", "different"),
        ("two = second.submit(); two.wait(); first()", "different"),
    ],
)
def test_only_an_order_that_is_forced_counts(prefect, folders, body, order):
    (folders / "dags" / "edge.py").write_text(EDGE_DAG)
    (folders / "flows" / "edge.py").write_text(EDGE_FLOW.format(body=body))
    manifest = convert(folders / "dags", folders / "traces", 2)
    report = verify(
        folders / "dags",
        folders / "flows",
        manifest,
        VerifyOptions(started=prefect, timeout=60, scenarios=0),
    )
    (dag,) = report.dags
    assert {check.check: check.verdict for check in dag.checks}["order"] == order


HEAD = """
import os, subprocess, sys, time
from datetime import datetime, timedelta
from airflow import DAG
try:
    from airflow.providers.standard.operators.python import PythonOperator
    from airflow.providers.standard.sensors.python import PythonSensor
except ImportError:
    from airflow.operators.python import PythonOperator
    from airflow.sensors.python import PythonSensor
def dag(name, **more):
    return DAG(name, start_date=datetime(2024, 1, 1), schedule=None, **more)
def fail():
    raise ValueError("no")
def count(numbers=[]):
    numbers.append(1)
    return len(numbers) == 4
"""
UNRULY = (
    HEAD
    + """
with dag("exits"):
    PythonOperator(task_id="a", python_callable=lambda: os._exit(7))
with dag("hangs"):
    PythonOperator(task_id="a", python_callable=lambda: time.sleep(600))
with dag("quits"):
    PythonOperator(task_id="a", python_callable=lambda: sys.exit(3))
with dag("late"):
    limit = timedelta(seconds=1)
    PythonOperator(task_id="a", python_callable=lambda: time.sleep(60), execution_timeout=limit)
with dag("patient"):
    hour = timedelta(hours=1)
    PythonOperator(task_id="a", python_callable=fail, retries=2, retry_delay=hour)
with dag("sensing"):
    PythonSensor(task_id="a", python_callable=count, poke_interval=3600)
with dag("prints"):
    PythonOperator(task_id="a", python_callable=lambda: [print("x" * (1 << 20)) for _ in range(1024)])
with dag("leaves"):
    command = "setsid sleep 86393 >/dev/null 2>&1 &"
    PythonOperator(task_id="a", python_callable=lambda: subprocess.run(["sh", "-c", command]))
with dag("fine"):
    PythonOperator(task_id="a", python_callable=lambda: 6.0)
"""
)


def recorded(engines, folders, dag_id, timeout=60.0):
    (folders / "dags" / "unruly.py").write_text(UNRULY)
    options = VerifyOptions(started=engines.started, timeout=timeout, scenarios=0)
    subject = Subject(dag_id, "unruly.py", "unruly.py")
    return run_airflow(subject, Folders(folders / "dags", folders / "flows"), options)


@pytest.mark.parametrize(
    ("dag_id", "timeout", "reason"),
    [
        ("exits", 60.0, "exit code 7, nothing"),
        ("hangs", 12.0, "still running after 12 s"),
        ("leaves", 60.0, "the run left processes behind, which were ended: sleep 86393"),
    ],
)
def test_a_dag_that_ends_or_hangs_the_process_hurts_only_itself(
    engines, folders, dag_id, timeout, reason
):
    assert reason in recorded(engines, folders, dag_id, timeout).reason
    assert not running("sleep", "86393")
    fine = recorded(engines, folders, "fine")
    assert fine.trace.tasks[0].xcoms == {"return_value": 6.0}
    assert isinstance(fine.trace.tasks[0].xcoms["return_value"], float)


def running(*command: str) -> list[Path]:
    """The processes with this command line."""
    wanted, found = "\0".join([*command, ""]).encode(), []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found += [path] if path.read_bytes() == wanted else []
    return found


def test_what_prints_a_gigabyte_is_incomplete(engines, folders):
    trace = recorded(engines, folders, "prints").trace
    reason = "task a printed more than a trace holds, 16 MiB"
    assert (trace.run_state, trace.reason) == ("incomplete", reason)


UNRULY_FLOW = """
import os, subprocess, time
from prefect import flow, task
@task
def a(body):
    exec(body)
    return 6.0
@flow(name="unruly")
def unruly(): a(body={body!r})
"""
NO_RUN = Trace.from_json(document("airflow", []))


@pytest.mark.parametrize(
    ("body", "timeout", "reason"),
    [
        ("os._exit(7)", 60.0, "exit code 7, nothing on stderr"),
        ("time.sleep(600)", 15.0, "still running after 15 s, and ended"),
        (
            "subprocess.Popen(['sleep', '86394'], start_new_session=True)",
            60.0,
            "the run left processes behind, which were ended: sleep 86394",
        ),
        ("[print('x' * (1 << 20)) for _ in range(1024)]", 60.0, "printed more than a trace holds"),
    ],
)
def test_a_flow_that_misbehaves_hurts_only_itself(prefect, folders, body, timeout, reason):
    options = VerifyOptions(started=prefect, timeout=timeout, scenarios=0)
    for name, text in (("unruly", body), ("fine", "pass")):
        (folders / "flows" / f"{name}.py").write_text(UNRULY_FLOW.format(body=text))
    where = Folders(folders / "dags", folders / "flows")
    found = run_flow(Subject("a", "a.py", "unruly.py", "unruly"), where, options, NO_RUN)
    assert reason in (found.reason or found.trace.reason)
    assert not running("sleep", "86394")
    fine = run_flow(Subject("a", "a.py", "fine.py", "unruly"), where, options, NO_RUN)
    assert fine.trace.tasks[0].result.value == 6.0


@pytest.mark.parametrize(
    ("dag_id", "outcome", "tries", "delays"),
    [
        ("quits", "failed", 1, ()),
        ("late", "failed", 1, ()),
        ("patient", "failed", 3, (3600.0, 3600.0)),
        ("sensing", "success", 1, ()),
    ],
)
def test_what_fails_or_waits_is_recorded_and_not_waited_for(
    engines, folders, dag_id, outcome, tries, delays
):
    trace = recorded(engines, folders, dag_id).trace
    (task,) = trace.tasks
    assert (task.outcome, task.tries, task.delays) == (outcome, tries, delays)
    assert trace.run_state == outcome


CONNECTED = (
    HEAD
    + """
try:
    from airflow.sdk import Connection
    host = lambda: Connection.get("pg").host
except ImportError:
    from airflow.hooks.base import BaseHook
    host = lambda: BaseHook.get_connection("pg").host
with dag("connected"):
    PythonOperator(task_id="a", python_callable=host)
    PythonOperator(task_id="b", python_callable=lambda x: x, op_args=["{{ conn.pg.port }}"])
"""
)


def test_connections_of_a_file_are_there_on_real_airflow(engines, folders):
    (folders / "dags" / "connected.py").write_text(CONNECTED)
    file = folders / "connections.json"
    file.write_text(json.dumps({"pg": {"conn_type": "postgres", "host": "db", "port": 7}}))
    options = VerifyOptions(started=engines.started, connections=file, scenarios=0)
    subject = Subject("connected", "connected.py", "connected.py")
    found = run_airflow(subject, Folders(folders / "dags", folders / "flows"), options)
    assert [one.xcoms for one in found.trace.tasks] == [
        {"return_value": "db"},
        {"return_value": "7"},
    ]


def test_a_trace_recorded_by_hand_is_compared_elsewhere(folders):
    shutil.copy(SAMPLES / "short_functions.py", folders / "dags")
    manifest = convert(folders / "dags", folders / "flows", 2)
    out = folders / "traces" / "short_functions.json"
    command = [interpreter(2), "-W", "ignore", str(RECORDERS / "airflow_recorder.py")]
    (folders / "traces").mkdir(exist_ok=True)
    arguments = ["short_functions.py", "--out", str(out), "--logical-date", "2024-01-01"]
    child = subprocess.run(
        [*command, *arguments], cwd=folders / "dags", capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr[-2000:]
    assert sorted(path.name for path in (folders / "dags").iterdir()) == ["short_functions.py"]
    options = VerifyOptions(saved=SavedTraces.read(folders / "traces"), save_traces=folders / "t")
    report = verify(folders / "dags", folders / "flows", manifest, options)
    assert [dag.verdict for dag in report.dags] == ["equal"]
    assert report.engines["airflow"] == "saved traces of airflow 2.11.2"
    (kept,) = (folders / "t" / "airflow").iterdir()
    assert json.loads(kept.read_text())["tasks"] == json.loads(out.read_text())["tasks"]


def test_what_is_recorded_by_hand_leaves_its_trace_or_says_why_there_is_none(tmp_path):
    dag = (
        "from datetime import datetime\nfrom airflow import DAG\n"
        "from airflow.operators.python import PythonOperator\nimport os\n"
        "with DAG({name!r}, start_date=datetime(2024, 1, 1), schedule=None):\n"
        "    PythonOperator(task_id='one', python_callable=lambda: {body})\n"
    )
    for name, body in (("links", "os.symlink('links.py', 'other')"), ("ends", "os._exit(0)")):
        (tmp_path / f"{name}.py").write_text(dag.format(name=name, body=body))
    command = [interpreter(2), "-W", "ignore", str(RECORDERS / "airflow_recorder.py")]

    def record(*arguments):
        done = subprocess.run(
            [*command, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        return done.returncode, (done.stderr.strip().splitlines() or [""])[-1]

    # An option and its value in one word are as good as in two.
    assert record("links.py", "--out=trace.json", "--logical-date=2024-01-01")[0] == 0
    written = json.loads((tmp_path / "trace.json").read_text())
    target = hashlib.sha256(b"link to links.py").hexdigest()
    assert (written["run"]["state"], written["files"]) == ("success", {"other": target})
    ended = "there is no trace: the process ended before the run did"
    assert record("ends.py", "--out", "trace.json", "--logical-date", "2024-01-01") == (2, ended)
    assert not (tmp_path / "trace.json").exists()
    nowhere = tmp_path / "nowhere"
    reason = f"--out nowhere/trace.json: expected a folder at {nowhere}, found none"
    assert record("links.py", "--out", "nowhere/trace.json") == (2, reason)
