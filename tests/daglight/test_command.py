"""The command line: what is printed, where, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

RUNTIME = Path(__file__).parents[2] / "runtime"
HEAD = """\
from datetime import datetime
from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator
"""
SMALL = (
    HEAD
    + """
with DAG("small", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = BashOperator(task_id="a", bash_command="echo one; echo {{ ds }}")
    a >> PythonOperator(task_id="b", python_callable=lambda ti: print("got", ti.xcom_pull("a")))
"""
)
FAILING = HEAD + (
    'with DAG("failing", start_date=datetime(2024, 1, 1), schedule=None) as dag:\n'
    '    BashOperator(task_id="a", bash_command="exit 1")\n'
)


@pytest.fixture
def daglight(tmp_path: Path) -> Any:
    """Writes a DAG file and runs a module of daglight with it in a child process."""

    def run(
        source: str, *arguments: str, module: str = "daglight"
    ) -> subprocess.CompletedProcess[str]:
        (tmp_path / "dag.py").write_text(source)
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", module, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(RUNTIME)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_run_prints_tries_lines_and_states(daglight: Any) -> None:
    done = daglight(SMALL, "run", "dag.py", "--logical-date", "2024-02-03")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "a: try 1",
        "a | one",
        "a | 2024-02-03",
        "a: success",
        "b: try 1",
        "b | got 2024-02-03",
        "b: success",
        "run: success",
    ]


def test_run_gives_json(daglight: Any) -> None:
    done = daglight(FAILING, "run", "dag.py", "--format", "json")
    assert done.returncode == 1
    task = {"task_id": "a", "map_index": -1, "state": "failed", "tries": 1, "xcoms": {}}
    assert json.loads(done.stdout) == {
        "version": 1,
        "dag_id": "failing",
        "state": "failed",
        "tasks": [task],
    }


@pytest.mark.parametrize(
    ("source", "arguments", "words"),
    [
        (SMALL, ["run", "absent.py"], "there is no such file"),
        (SMALL, ["run", "dag.py", "other"], "there is no DAG other; found: small"),
        (SMALL, ["run", "dag.py", "--logical-date", "soon"], "expected a date like"),
        (SMALL, ["run", "dag.py", "--conf", "[]"], "expected a JSON object"),
        (SMALL, ["run", "dag.py", "--variables", "absent"], "expected a file of variables"),
        ("x = (", ["run", "dag.py"], "SyntaxError"),
        ("raise SystemExit(0)", ["run", "dag.py"], "SystemExit"),
        ("1 / 0", ["run", "dag.py"], "dag.py:1\n    1 / 0\n    ^"),
    ],
)
def test_a_mistake_is_explained_without_a_traceback(
    daglight: Any, source: str, arguments: list[str], words: str
) -> None:
    done = daglight(source, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_script_that_calls_dag_test_runs(daglight: Any) -> None:
    script = SMALL + "\nif __name__ == '__main__':\n    print(dag.test().state)\n"
    done = daglight(script, "dag.py")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-2:] == ["run: success", "success"]


def test_a_part_that_is_missing_is_refused_when_it_makes_a_task(daglight: Any) -> None:
    source = 'from airflow.operators.subdag import SubDagOperator\nSubDagOperator(task_id="a")\n'
    done = daglight(source, "dag.py", "--out", "trace.json", module="daglight.trace")
    name = "airflow.operators.subdag.SubDagOperator"
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == f"dag.py:2: NotSupported: daglight has no {name}"


def test_a_refusal_that_the_body_swallows_leaves_the_run_incomplete(
    daglight: Any, tmp_path: Path
) -> None:
    source = HEAD + (
        "from airflow.hooks.subprocess import SubprocessHook\n"
        "def body():\n"
        "    try:\n"
        "        SubprocessHook()\n"
        "    except Exception:\n"
        "        pass\n"
        "with DAG('d', start_date=datetime(2024, 1, 1), schedule=None):\n"
        "    PythonOperator(task_id='a', python_callable=body)\n"
    )
    done = daglight(source, "dag.py", "--out", "trace.json", module="daglight.trace")
    assert done.returncode == 0
    run = json.loads((tmp_path / "trace.json").read_text())["run"]
    reason = "daglight has no airflow.hooks.subprocess.SubprocessHook"
    assert run == {"state": "incomplete", "reason": reason}


def test_trace_lists_the_dags_of_a_file(daglight: Any) -> None:
    source = HEAD + (
        "for name in ('one', 'two'):\n"
        "    with DAG(name, start_date=datetime(2024, 1, 1), schedule=None):\n"
        "        pass\n"
    )
    listed = daglight(source, "dag.py", "--list", module="daglight.trace")
    assert json.loads(listed.stdout) == ["one", "two"]
    unnamed = daglight(source, "dag.py", "--out", "t.json", module="daglight.trace")
    assert unnamed.returncode == 2
    assert unnamed.stderr.splitlines()[-1].endswith("found: one, two")


def test_trace_of_a_graph_runs_nothing(daglight: Any, tmp_path: Path) -> None:
    done = daglight(
        FAILING, "dag.py", "--graph-only", "--out", "trace.json", module="daglight.trace"
    )
    assert done.returncode == 0
    document = json.loads((tmp_path / "trace.json").read_text())
    assert document["run"] == {"state": "not-run", "reason": None}
    assert [task["outcome"] for task in document["tasks"]] == ["none"]


def test_trace_has_prints_order_and_options(daglight: Any, tmp_path: Path) -> None:
    arguments = ["dag.py", "small", "--logical-date", "2024-02-03T00:00:00+00:00"]
    done = daglight(SMALL, *arguments, "--out", "trace.json", module="daglight.trace")
    assert done.returncode == 0
    document = json.loads((tmp_path / "trace.json").read_text())
    first, second = document["tasks"]
    start = "2024-01-01T00:00:00+00:00"
    assert document["subject"] == {"path": "dag.py", "name": "small", "start_date": start}
    assert document["logical_date"] == "2024-02-03T00:00:00+00:00"
    assert first["prints"] == ["one", "2024-02-03"]
    assert second["prints"] == ["got 2024-02-03"]
    assert [first["started"], first["ended"], second["started"], second["ended"]] == [0, 1, 2, 3]
    assert second["options"] == {
        "retries": 0,
        "retry_delay": 300.0,
        "timeout": None,
        "trigger_rule": "all_success",
    }


def test_the_environment_gives_variables(
    daglight: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = HEAD + (
        "with DAG('d', start_date=datetime(2024, 1, 1), schedule=None):\n"
        "    BashOperator(task_id='a', bash_command='echo {{ var.value.word }}')\n"
    )
    (tmp_path / "variables.json").write_text('{"word": "from the file"}')
    monkeypatch.setenv("AIRFLOW_VAR_WORD", "from the environment")
    done = daglight(source, "run", "dag.py", "--variables", "variables.json")
    assert "a | from the environment" in done.stdout.splitlines()


def test_a_module_beside_the_dag_file_is_imported(daglight: Any, tmp_path: Path) -> None:
    (tmp_path / "factory.py").write_text(SMALL)
    done = daglight("import factory\n", "run", "dag.py")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "run: success"


def test_trace_lists_callbacks_in_order(daglight: Any, tmp_path: Path) -> None:
    source = HEAD + (
        "def note(context):\n"
        "    print('not of the body')\n"
        "def bad():\n"
        "    raise ValueError('no')\n"
        "with DAG('d', start_date=datetime(2024, 1, 1), schedule=None, on_failure_callback=note):\n"
        "    PythonOperator(task_id='a', python_callable=bad, retries=1,\n"
        "                   on_retry_callback=[note], on_failure_callback=note)\n"
    )
    daglight(source, "dag.py", "--out", "trace.json", module="daglight.trace")
    document = json.loads((tmp_path / "trace.json").read_text())
    seen = [(one["scope"], one["task_id"], one["event"]) for one in document["callbacks"]]
    assert seen == [
        ("task", "a", "on_retry"),
        ("task", "a", "on_failure"),
        ("run", None, "on_failure"),
    ]
    assert {one["name"] for one in document["callbacks"]} == {"note"}
    (task,) = document["tasks"]
    assert (task["prints"], task["delays"], task["tries"]) == ([], [300.0], 2)
    assert task["error"] == "ValueError: no"
