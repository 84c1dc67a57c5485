from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HEAD = "from prefect import allow_failure, flow, task, unmapped\nfrom prefect.states import Completed\n"


def run_trace(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "flowlight.trace", *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def trace(folder: Path, source: str, *arguments: str) -> dict[str, Any]:
    (folder / "etl.py").write_text(HEAD + source, encoding="utf-8")
    done = run_trace(folder, "etl.py:main", "--out", "trace.json", *arguments)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    document: dict[str, Any] = json.loads((folder / "trace.json").read_text(encoding="utf-8"))
    return document


def column(document: dict[str, Any], key: str) -> list[Any]:
    return [task[key] for task in document["tasks"]]


def test_the_head_of_the_document(tmp_path: Path) -> None:
    document = trace(tmp_path, "@flow(name='The Main')\ndef main(): pass\n")
    assert document.pop("engine")["name"] == "flowlight"
    assert document == {
        "version": 1,
        "side": "prefect",
        "subject": {"path": "etl.py", "name": "The Main"},
        "logical_date": None,
        "run": {"state": "success", "reason": None},
        "tasks": [],
        "callbacks": [],
    }


def test_one_task_with_every_key(tmp_path: Path) -> None:
    source = """
@task(name="load", retries=2, retry_delay_seconds=[600, 1200], timeout_seconds=30)
def load_(table, *rest, **options):
    print("loading", table)
    if load_.fn.__dict__.setdefault("tries", []).append(1) or len(load_.fn.tries) < 3:
        raise ValueError("busy")
    return {table}

@flow
def main(): load_("t", 1, mode="w")
"""
    (task,) = trace(tmp_path, source)["tasks"]
    assert task == {
        "task_id": "load",
        "map_index": -1,
        "outcome": "success",
        "state": "Completed",
        "tries": 3,
        "delays": [600, 1200],
        "xcoms": {},
        "result": {"value": {"$type": "set", "items": ["t"]}},
        "rendered": {},
        "parameters": {"table": "t", "rest": [1], "mode": "w"},
        "upstream": [],
        "after": [],
        "prints": ["loading t", "loading t", "loading t"],
        "calls": [],
        "started": 0,
        "ended": 1,
        "error": None,
        "errors": ["ValueError: busy", "ValueError: busy"],
        "unlogged": True,
        "options": {
            "retries": 2,
            "retry_delay": [600, 1200],
            "timeout": 30.0,
            "trigger_rule": None,
        },
    }


def test_outcomes(tmp_path: Path) -> None:
    source = """
@task
def bad(): raise KeyError("k")
@task
def after(x): return x
@task
def skipped(): return Completed(name="Skipped")
@flow
def main():
    failed = bad.submit()
    return [skipped.submit(), after.submit(failed), after.submit(allow_failure(failed))]
"""
    document = trace(tmp_path, source)
    assert document["run"] == {"state": "failed", "reason": "Failed: 1/3 states are not final."}
    assert column(document, "outcome") == ["failed", "skipped", "upstream_failed", "success"]
    assert column(document, "state") == ["Failed", "Skipped", "NotReady", "Completed"]
    assert column(document, "tries") == [1, 1, 0, 1]
    assert column(document, "error") == ["KeyError: 'k'", None, None, None]
    assert column(document, "started")[2] is None
    assert column(document, "result")[0] is None


def test_upstream_and_after(tmp_path: Path) -> None:
    source = """
@task
def step(*args): pass
@flow
def sub(): step()
@flow
def main():
    a = step.submit()                                  # 0
    b = step.submit([{"k": (a,)}], wait_for=[a])       # 1
    step()                                             # 2
    b.result()
    step(allow_failure(b))                             # 3
    sub()                                              # 4
    c = step.submit()                                  # 5
    c.wait()
    step.submit(c, wait_for=[allow_failure([a, b])])   # 6
"""
    document = trace(tmp_path, source)
    assert column(document, "upstream") == [[], [0], [], [1], [], [], [0, 1, 5]]
    assert column(document, "after") == [[], [], [], [1, 2], [3], [4], [5]]


def test_what_goes_without_saying_is_not_in_the_trace(tmp_path: Path) -> None:
    source = """
@task
def step(x=None): pass
@flow
def main():
    for _ in range(3): step()                          # 0, 1, 2
    for each in step.map([1, 2, 3]): each.result()     # 3, 4, 5
    step()                                             # 6
    step()                                             # 7
"""
    after = column(trace(tmp_path, source), "after")
    assert after == [[], [0], [1], [2], [2], [2], [3, 4, 5], [6]]


def test_the_order_of_events_follows_the_edges(tmp_path: Path) -> None:
    source = """
@task
def step(x=None): pass
@flow
def main():
    a = step.submit()
    b = step.map([a, a, a])
    step.submit(b)
"""
    tasks = trace(tmp_path, source)["tasks"]
    assert [task["map_index"] for task in tasks] == [-1, 0, 1, 2, -1]
    for task in tasks:
        assert all(tasks[up]["ended"] < task["started"] for up in task["upstream"])
    assert tasks[4]["upstream"] == [1, 2, 3]


def test_parameters_are_kept_as_the_body_got_them(tmp_path: Path) -> None:
    source = """
@task
def changes(items): items.append(2)
@flow
def main(): changes([1])
"""
    assert column(trace(tmp_path, source), "parameters") == [{"items": [1]}]


def test_xcoms_come_from_any_argument(tmp_path: Path) -> None:
    source = """
class Ti:
    def __init__(self): self.__xcoms__ = {}
@task
def pushes(ti): ti.__xcoms__["k"] = (1, 2)
@flow
def main(): pushes(Ti())
"""
    (task,) = trace(tmp_path, source)["tasks"]
    assert task["xcoms"] == {"k": [1, 2]}
    assert task["parameters"] == {"ti": {"$type": "opaque", "name": "Ti"}}


def test_xcoms_come_from_the_task_too(tmp_path: Path) -> None:
    source = """
@task
def works(): works.__xcoms__["k"] = 1
works.__xcoms__ = {}
@flow
def main(): works()
"""
    assert column(trace(tmp_path, source), "xcoms") == [{"k": 1}]


def test_prints_belong_to_the_task_that_made_them(tmp_path: Path) -> None:
    source = """
import os, subprocess, sys, threading
meet = threading.Barrier(3)
@task
def says(n):
    for i in range(3):
        meet.wait(20)
        print(n, i)
    sys.stdout.write("end")
@task(log_prints=True)
def logs():
    print("logged")
    subprocess.run([sys.executable, "-c", "print('by a child')"])
@flow
def main():
    print("by the flow")
    says.map([0, 1, 2]).wait()
    logs()
"""
    (tmp_path / "etl.py").write_text(HEAD + source, encoding="utf-8")
    done = run_trace(tmp_path, "etl.py", "--out", "trace.json")
    assert done.returncode == 0, done.stderr
    document = json.loads((tmp_path / "trace.json").read_text(encoding="utf-8"))
    expected = [[f"{n} 0", f"{n} 1", f"{n} 2", "end"] for n in range(3)]
    assert column(document, "prints") == [*expected, ["logged"]]


def test_callbacks_in_order(tmp_path: Path) -> None:
    source = """
import functools
def notify(owner, run, state): raise RuntimeError("ignored")
@functools.wraps(notify)
def wrapper(owner, run, state): pass
@task(on_failure=[notify, wrapper], on_running=[functools.partial(notify)])
def bad(x): raise ValueError
@flow(on_failure=[lambda flow, run, state: None])
def main(): bad.map([1])[0].result()
"""
    callbacks = trace(tmp_path, source)["callbacks"]
    assert [
        (c["scope"], c["task_id"], c["map_index"], c["event"], c["name"]) for c in callbacks
    ] == [
        ("task", "bad", 0, "on_running", "partial"),
        ("task", "bad", 0, "on_failure", "notify"),
        ("task", "bad", 0, "on_failure", "notify"),
        ("run", None, -1, "on_failure", "<lambda>"),
    ]


def test_parameters_and_variables_are_given(tmp_path: Path) -> None:
    source = """
from prefect.variables import Variable
import datetime
@task
def step(day, value, missing): pass
@flow
def main(day: datetime.date): step(day, Variable.get("v"), Variable.get("w"))
"""
    (tmp_path / "v.json").write_text('{"v": {"a": 1}}', encoding="utf-8")
    arguments = ("--parameters", '{"day": "2024-01-02"}', "--variables", "v.json")
    assert column(trace(tmp_path, source, *arguments), "parameters") == [
        {"day": {"$type": "date", "value": "2024-01-02"}, "value": {"a": 1}, "missing": None}
    ]


def test_wrong_parameters_are_a_failed_run(tmp_path: Path) -> None:
    source = "@flow\ndef main(n: int): pass\n"
    run = trace(tmp_path, source, "--parameters", '{"n": "x"}')["run"]
    assert run["state"] == "failed"
    assert "Validation of flow parameters failed" in run["reason"]


def test_what_flowlight_cannot_do_makes_the_run_incomplete(tmp_path: Path) -> None:
    source = "@task\ndef one(): pass\n@flow\ndef main():\n    task(viz_return_value=1)(one.fn)\n"
    run = trace(tmp_path, source)["run"]
    assert run["state"] == "incomplete"
    assert "does not honour viz_return_value" in run["reason"]


def test_a_crash_is_a_failed_run(tmp_path: Path) -> None:
    source = "import sys\n@task\ndef leaves(): sys.exit(3)\n@flow\ndef main(): leaves()\n"
    document = trace(tmp_path, source)
    assert document["run"]["state"] == "failed"
    assert column(document, "outcome") == ["failed"]
    assert column(document, "error") == ["SystemExit: 3"]


def test_list(tmp_path: Path) -> None:
    source = (
        HEAD + "print('noise')\n@flow(name='One')\ndef first(): pass\n@flow\ndef second(): pass\n"
    )
    (tmp_path / "etl.py").write_text(source, encoding="utf-8")
    done = run_trace(tmp_path, "etl.py", "--list")
    assert json.loads(done.stdout) == [
        {"name": "One", "attribute": "first"},
        {"name": "second", "attribute": "second"},
    ]


def test_list_leaves_out_what_is_imported_and_second_names(tmp_path: Path) -> None:
    (tmp_path / "inner.py").write_text(HEAD + "@flow\ndef inner(): pass\n", encoding="utf-8")
    source = HEAD + "from inner import inner\n@flow\ndef outer(): inner()\nalso = outer\n"
    (tmp_path / "etl.py").write_text(source, encoding="utf-8")
    (tmp_path / "only.py").write_text("from inner import inner\n", encoding="utf-8")
    listed = [json.loads(run_trace(tmp_path, f, "--list").stdout) for f in ("etl.py", "only.py")]
    assert listed == [
        [{"name": "outer", "attribute": "outer"}],
        [{"name": "inner", "attribute": "inner"}],
    ]


def test_what_gives_no_trace_ends_with_two_and_a_reason(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("import nothing_here\n", encoding="utf-8")
    (tmp_path / "two.py").write_text(
        HEAD + "@flow\ndef a(): pass\n@flow\ndef b(): pass\n", encoding="utf-8"
    )
    reasons = {
        ("broken.py", "--out", "t.json"): "broken.py:1: ModuleNotFoundError",
        ("two.py", "--out", "t.json"): "found several flows: a ('a'), b ('b')",
        ("two.py:c", "--out", "t.json"): "there is no flow 'c'",
        ("two.py:a",): "expected --out",
        ("two.py:a", "--out", "t.json", "--graph-only"): "cannot be had without a run",
        ("two.py:a", "--out", "t.json", "--parameters", "["): "--parameters: expected JSON",
        ("two.py:a", "--out", "no/t.json"): "--out no/t.json: cannot be written: No such file",
        ("two.py:a", "--out", "t.json", "--variables", "no.json"): "no.json: cannot be read: No",
        (
            "two.py:a",
            "--out",
            "t.json",
            "--parameters",
            '{"z": 1}',
        ): "unexpected keyword argument 'z'",
        ("two.py:a", "--out", "t.json", "--variables", "none.json"): "none.json",
    }
    for arguments, reason in reasons.items():
        done = run_trace(tmp_path, *arguments)
        assert done.returncode == 2
        assert reason in done.stderr.strip().splitlines()[-1]
        assert not (tmp_path / "t.json").exists()
