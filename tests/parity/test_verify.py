"""verify() over engines that are played: a file's own code says what its engine does."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest
from dagferry.parity import DagReport, EngineError, VerifyOptions, verify
from dagferry.parity.engines import light_engine
from parity_build import dag_task, document, flow_task, run

ENGINE = """#!{python}
import json, sys
file, arguments = sys.argv[3], sys.argv[4:]
def option(name):
    return arguments[arguments.index(name) + 1] if name in arguments else None
def write(document):
    with open(option("--out"), "w") as out:
        json.dump(document, out)
if ":" in file:
    file, flow = file.split(":")
exec(compile(open(file).read(), file, "exec"))
"""


@pytest.fixture
def folders(tmp_path):
    for name in ("dags", "flows"):
        (tmp_path / name).mkdir()
    engine = tmp_path / "engine"
    engine.write_text(ENGINE.format(python=sys.executable))
    engine.chmod(0o755)
    return tmp_path


def put(folders, side, text, name="etl.py"):
    (folders / side / name).write_text(text)


def writes(document_):
    return f"write({document_!r})\n"


GOOD_DAG = writes(document("airflow", [dag_task("a")]))
GOOD_FLOW = writes(document("prefect", [flow_task("a")]))


def entry(dag_id="etl", path="etl.py", **changes):
    dag = {"dag_id": dag_id, "output": path, "flow": dag_id, "tasks": [], **changes}
    return {"path": path, "status": "dag", "dags": [dag]}


def verified(folders, *entries, progress=None, **options):
    manifest = {"version": 1, "files": list(entries) or [entry()]}
    sides = [side for side in ("airflow", "prefect") if side not in options]
    played = {side: light_engine(side, str(folders / "engine")) for side in sides}
    asked = VerifyOptions(**{"started": played, "timeout": 20, **options})
    return verify(folders / "dags", folders / "flows", manifest, asked, progress=progress)


def test_two_runs_that_agree_are_equal(folders):
    put(folders, "dags", GOOD_DAG)
    put(folders, "flows", GOOD_FLOW)
    report = verified(folders)
    assert report.totals == {"equal": 1, "different": 0, "incomplete": 0}
    assert report.exit_code == 0


def test_the_json_has_the_documented_shape(folders):
    put(folders, "dags", GOOD_DAG)
    put(folders, "flows", writes(document("prefect", [flow_task("a", outcome="failed")])))
    found = json.loads(json.dumps(verified(folders).to_json()))
    assert {"version", "engines", "dags", "totals"} <= set(found)
    assert found["engines"] == {"airflow": "light", "prefect": "light"}
    (dag,) = found["dags"]
    assert (dag["dag_id"], dag["path"], dag["verdict"]) == ("etl", "etl.py", "different")
    assert [check["check"] for check in dag["checks"]] == [
        "run-state",
        "names",
        "outcomes",
        "xcoms",
        "rendered",
        "order",
        "tries",
        "errors",
        "effects",
        "calls",
        "callbacks",
        "schedule",
    ]
    outcomes = dag["checks"][2]
    assert outcomes["verdict"] == "different"
    assert (outcomes["airflow"], outcomes["flow"]) == ({"a": "success"}, {"a": "failed"})


@pytest.mark.parametrize(
    ("dag", "flow", "reason"),
    [
        (
            "sys.exit('SyntaxError: line 3')",
            GOOD_FLOW,
            "the DAG could not be run: etl.py: SyntaxError",
        ),
        (
            GOOD_DAG,
            "sys.exit('ImportError: x')",
            "the flow could not be run: etl.py: ImportError: x",
        ),
        (GOOD_DAG, "write({'version': 9})", "wrote no readable trace"),
        (GOOD_DAG, "pass", "wrote no readable trace"),
        (GOOD_DAG, "import time; time.sleep(60)", "still running after 3 s, and ended"),
        (GOOD_DAG, "import os; os.kill(os.getpid(), 9)", "exit code -9, nothing on stderr"),
    ],
)
def test_a_side_that_leaves_no_trace_is_incomplete(folders, dag, flow, reason):
    put(folders, "dags", dag)
    put(folders, "flows", flow)
    report = verified(folders, timeout=3)
    (found,) = report.dags
    assert (found.verdict, report.exit_code) == ("incomplete", 3)
    assert reason in str(found.reason)
    assert {check.verdict for check in found.checks} == {"not-checked"}


def test_one_bad_dag_does_not_stop_the_others(folders):
    put(folders, "dags", "sys.exit('broken')", "bad.py")
    put(folders, "dags", GOOD_DAG, "good.py")
    put(folders, "flows", GOOD_FLOW, "good.py")
    told: list[DagReport] = []
    report = verified(
        folders, entry("bad", "bad.py"), entry("good", "good.py"), jobs=2, progress=told.append
    )
    assert [dag.verdict for dag in report.dags] == ["incomplete", "equal"]
    assert sorted(dag.dag_id for dag in told) == ["bad", "good"]


def test_an_empty_batch_proves_nothing(folders):
    report = verify(folders, folders, {"version": 1, "files": []}, VerifyOptions())
    assert report.exit_code == 3


def test_a_fault_of_ours_is_no_verdict_on_the_dag(folders, monkeypatch):
    def fail(*_):
        raise RuntimeError("oops")

    monkeypatch.setattr("dagferry.parity.batch.verify_dag", fail)
    report = verified(folders)
    assert (report.dags[0].verdict, report.exit_code) == ("incomplete", 2)
    assert "fault of dagferry" in str(report.dags[0].reason)


def test_files_are_compared_between_scratch_copies(folders):
    put(folders, "dags", "open('out', 'w').write('1')\n" + GOOD_DAG)
    put(folders, "flows", "open('out', 'w').write('2')\n" + GOOD_FLOW)
    effects = verified(folders).dags[0].check("effects")
    assert (effects.verdict, list(effects.airflow)) == ("different", ["out"])
    assert not (folders / "dags" / "out").exists()
    put(folders, "flows", "open('out', 'w').write('1')\n" + GOOD_FLOW)
    assert verified(folders).dags[0].check("effects").verdict == "equal"


def test_files_outside_of_the_scratch_copies_are_compared(folders):
    target = repr(str(folders / "elsewhere"))
    put(folders, "dags", f"open({target}, 'w').write('1')\n{GOOD_DAG}")
    put(folders, "flows", f"open({target}, 'w').write('2')\n{GOOD_FLOW}")
    effects = verified(folders).dags[0].check("effects")
    assert (effects.verdict, list(effects.airflow)) == ("different", [str(folders / "elsewhere")])
    put(folders, "flows", GOOD_FLOW)
    assert verified(folders).dags[0].check("effects").verdict == "different"
    put(folders, "flows", f"open({target}, 'w').write('1')\n{GOOD_FLOW}")
    assert verified(folders).dags[0].check("effects").verdict == "equal"


def test_where_the_scratch_copies_lie_does_not_count(folders):
    code = "import os\nwhere = os.getcwd()\n"
    task = dag_task("a", prints=["WHERE"])
    dag = json.dumps(document("airflow", [task]))
    flow = json.dumps(document("prefect", [flow_task("a", prints=["WHERE"])]))
    for side, text in (("dags", dag), ("flows", flow)):
        put(folders, side, f"{code}write(json.loads({text!r}.replace('WHERE', where)))")
    assert verified(folders).dags[0].check("effects").verdict == "equal"


def test_the_flow_gets_the_conf_and_the_date_that_the_dag_had(folders):
    put(folders, "dags", GOOD_DAG)
    flow = document("prefect", [flow_task("a", prints=["GIVEN"])])
    given = "given = option('--parameters').replace('\"', '')\n"
    put(folders, "flows", f"{given}write(json.loads({json.dumps(flow)!r}.replace('GIVEN', given)))")
    report = verified(
        folders, entry(params=["n"], logical_date_parameter=True), conf={"n": 5, "m": 6}
    )
    effects = report.dags[0].check("effects")
    assert effects.flow == {"a.prints": ["{n: 5, logical_date: 2024-01-01T00:00:00+00:00}"]}
    assert report.dags[0].notes == ("the flow has no parameter for conf m",)


def test_options_reach_the_dag(folders):
    asked = "open('asked', 'w').write(' '.join(arguments[3:]))\n"
    put(
        folders, "dags", f"{asked}import shutil; shutil.copy('asked', {str(folders)!r})\n{GOOD_DAG}"
    )
    put(folders, "flows", GOOD_FLOW)
    variables = folders / "variables.json"
    variables.write_text("{}")
    verified(folders, logical_date="2024-05-05", conf={"n": 1}, variables=variables)
    assert (folders / "asked").read_text() == (
        f'--logical-date 2024-05-05 --conf {{"n": 1}} --variables {variables} --schedule --airflow-version 2'
    )


EMPTY = document("airflow", [], subject={"path": "e", "name": "e", "start_date": "2025-03-01"})


def test_a_dag_that_starts_later_runs_on_the_day_after(folders):
    started = "option('--logical-date').startswith('2025-03-02')"
    full = document("airflow", [dag_task("a")], logical_date="2025-03-02T00:00:00+00:00")
    put(folders, "dags", f"write({full!r} if {started} else {EMPTY!r})")
    put(folders, "flows", GOOD_FLOW)
    (dag,) = verified(folders).dags
    assert (dag.verdict, dag.logical_date) == ("equal", "2025-03-02T00:00:00+00:00")


def test_an_empty_run_on_an_asked_date_says_what_to_do(folders):
    put(folders, "dags", writes(EMPTY))
    put(folders, "flows", GOOD_FLOW)
    (dag,) = verified(folders, logical_date="2020-01-01").dags
    assert dag.verdict == "incomplete"
    assert "it starts on 2025-03-01" in str(dag.reason)
    assert "--logical-date" in str(dag.reason)


def test_a_run_without_an_end_says_why(folders):
    put(folders, "dags", GOOD_DAG)
    unended = document("prefect", [], run={"state": "incomplete", "reason": "killed"})
    put(folders, "flows", writes(unended))
    (dag,) = verified(folders).dags
    assert (dag.verdict, dag.reason) == (
        "incomplete",
        "the flow run did not come to its end: killed",
    )


def test_what_the_dag_does_not_repeat_is_not_called_different(folders):
    clock = "import time\n"
    dag = json.dumps(document("airflow", [dag_task("a", prints=["NOW"])]))
    flow = json.dumps(document("prefect", [flow_task("a", prints=["NOW"])]))
    for side, text in (("dags", dag), ("flows", flow)):
        now = "repr(time.monotonic())"
        put(folders, side, f"{clock}write(json.loads({text!r}.replace('NOW', {now})))")
    (found,) = verified(folders).dags
    assert found.verdict == "incomplete"
    assert "not reproducible" in found.check("effects").detail


def test_a_family_is_verified_dag_by_dag(folders):
    listing = (
        'if \'--list\' in arguments:\n    print(\'["load_a", "load_b", "other"]\'); sys.exit()\n'
    )
    put(folders, "dags", listing + GOOD_DAG)
    put(folders, "flows", f"assert flow in ('load_a', 'load_b')\n{GOOD_FLOW}")
    report = verified(folders, entry("load_{x}", family=True, flow=None))
    assert [(dag.dag_id, dag.verdict) for dag in report.dags] == [
        ("load_a", "equal"),
        ("load_b", "equal"),
    ]


def test_a_dag_with_an_id_of_its_own_is_no_member_of_a_family_that_covers_it(folders):
    listing = "if '--list' in arguments:\n    print('[\"etl_a\", \"etl_own\"]'); sys.exit()\n"
    put(folders, "dags", listing + GOOD_DAG)
    put(folders, "flows", GOOD_FLOW)
    manual = [{"task_id": "a", "grade": "manual"}]
    entries = entry("etl_{x}", family=True, flow=None), entry("etl_own", tasks=manual)
    report = verified(folders, *entries)
    assert [(dag.dag_id, dag.verdict) for dag in report.dags] == [
        ("etl_a", "equal"),
        ("etl_own", "incomplete"),
    ]


def test_of_two_families_the_closer_one_has_the_dag(folders):
    ids = '["etl_a", "etl_daily_b"]'
    put(
        folders,
        "dags",
        f"if '--list' in arguments:\n    print({ids!r}); sys.exit()\n{GOOD_DAG}",
    )
    put(folders, "flows", GOOD_FLOW)
    wide, close = entry("etl_{x}", family=True), entry("etl_daily_{x}", family=True)
    assert [dag.dag_id for dag in verified(folders, wide, close).dags] == ["etl_a", "etl_daily_b"]


def test_a_family_without_dags_is_incomplete(folders):
    put(folders, "dags", "print('[]')")
    (dag,) = verified(folders, entry("load_{x}", family=True)).dags
    assert dag.verdict == "incomplete"
    assert "makes no DAG whose id fits load_{x}" in str(dag.reason)


def test_an_engine_that_is_not_there_is_a_usage_error(folders):
    with pytest.raises(EngineError, match="--prefect /opt/python: expected `light` or the Python"):
        verified(folders, prefect="/opt/python")


def test_an_environment_without_airflow_is_a_usage_error(folders):
    with pytest.raises(EngineError, match=r"--airflow .*: ModuleNotFoundError: .*'airflow'"):
        verified(folders, airflow=sys.executable)


@pytest.mark.skipif(not Path("/proc").exists(), reason="reads the process table")
def test_ctrl_c_ends_every_child(folders):
    pid_file = str(folders / "pid")
    code = f"import os, time; open({pid_file!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    put(folders, "dags", code)
    put(folders, "dags", "sys.exit('broken')", "bad.py")

    def interrupt(_):
        while not (folders / "pid").exists() or not (folders / "pid").read_text():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    entries = entry(), entry("bad", "bad.py")
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        verified(folders, *entries, jobs=2, progress=interrupt)
    assert time.monotonic() - started < 15
    pid = int((folders / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_run_is_never_called_equal_for_having_ended_alike(folders):
    put(folders, "dags", writes(document("airflow", [], run=run("failed"))))
    put(folders, "flows", writes(document("prefect", [], run=run("failed"))))
    assert verified(folders).dags[0].verdict == "incomplete"
