"""Exit codes, what goes to stdout, and what is not imported."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from cli_drive import GOOD, MANUAL, dagferry

ADAPTED = """\
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("adapted", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    BashOperator(task_id="say", bash_command="echo hello")
"""
FAILING = """\
import os
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def where():
    return os.getpid()


with DAG("pid", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="where", python_callable=where)
"""


@pytest.mark.parametrize("verb", ["assess", "convert"])
@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        (GOOD, None, 0),
        (GOOD, "adapted", 0),
        (ADAPTED, None, 0),
        (ADAPTED, "bridged", 0),
        (ADAPTED, "adapted", 1),
        (MANUAL, None, 1),
        (MANUAL, "manual", 1),
        (MANUAL, "adapted", 1),
        (MANUAL, "never", 0),
    ],
)
def test_fail_on_decides_the_exit_code(place, verb, text, level, code):
    place.write("one.py", text)
    more = ["--fail-on", level] if level else []
    out = ["-o", place.out] if verb == "convert" else []
    assert dagferry(verb, place.dags, *out, *more).code == code


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["assess"],
        ["assess", ".", "--format", "xml"],
        ["assess", ".", "--jobs", "0"],
        ["convert", "."],
        ["explain", "DF000"],
        ["verify", ".", "--conf", "{"],
        ["verify", ".", "--conf", "[]"],
        ["diff", "nothing.py", "nothing.py"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(good, arguments):
    result = dagferry(*arguments, cwd=good.dags)
    assert (result.code, result.calm) == (2, True)
    assert result.err.strip()
    assert result.out == ""


def test_help_is_0_and_every_verb_has_an_example():
    verbs = ["assess", "convert", "graph", "diff", "verify", "explain", "constructs"]
    assert dagferry("--help").code == 0
    for verb in verbs:
        result = dagferry(verb, "--help")
        assert result.code == 0
        assert f"dagferry {verb}" in result.out


def test_verify_is_0_when_equal_and_3_when_something_was_not_checked(place):
    place.write("good.py", GOOD)
    assert dagferry("verify", place.dags).code == 0
    place.write("manual.py", MANUAL.replace("good", "stub"))
    result = dagferry("verify", place.dags, "--format", "json")
    assert result.code == 3
    found = {dag["dag_id"]: dag["verdict"] for dag in json.loads(result.out)["dags"]}
    assert found == {"good": "equal", "stub": "incomplete"}


def test_verify_is_1_when_something_differs(good):
    dagferry("convert", good.dags, "-o", good.out)
    flow = good.out / "good.py"
    flow.write_text(flow.read_text().replace("return 1", "return 2"))
    result = dagferry("verify", good.dags, "--flows", good.out)
    assert (result.code, result.calm) == (1, True)
    assert "different" in result.out


def test_verify_needs_flows_that_were_converted(good):
    good.out.mkdir()
    result = dagferry("verify", good.dags, "--flows", good.out)
    assert (result.code, result.calm) == (2, True)
    assert "dagferry.json" in result.err


def test_diff_is_0_when_equal_and_1_when_different(good):
    dagferry("convert", good.dags, "-o", good.out)
    flow = good.out / "good.py"
    assert dagferry("diff", good.dags / "good.py", flow).code == 0
    flow.write_text(flow.read_text().replace("    hello()\n", "    hello()\n    hello()\n"))
    assert dagferry("diff", good.dags / "good.py", flow).code == 1


@pytest.mark.parametrize("verb", ["assess", "convert", "verify", "graph", "diff"])
def test_json_is_all_that_stdout_gets(good, verb):
    dagferry("convert", good.dags, "-o", good.out)
    file, flow = good.dags / "good.py", good.out / "good.py"
    arguments = {
        "assess": [good.dags],
        "convert": [good.dags, "-o", good.out.with_name("other")],
        "verify": [good.dags],
        "graph": [file],
        "diff": [file, flow],
    }[verb]
    result = dagferry(verb, *arguments, "--format", "json")
    assert result.code == 0
    assert isinstance(json.loads(result.out), dict)


def test_narration_goes_to_stderr_and_quiet_leaves_it_out(good):
    told = dagferry("assess", good.dags)
    assert "Airflow 2" in told.err
    assert "Airflow 2" not in told.out
    assert dagferry("assess", good.dags, "--quiet").err == ""


@pytest.mark.parametrize("verb", ["assess", "convert"])
def test_static_commands_import_no_engine(good, verb):
    arguments = [verb, str(good.dags), *(["-o", str(good.out)] if verb == "convert" else [])]
    code = (
        "import sys\n"
        "from dagferry.cli import run\n"
        f"assert run({arguments!r}) == 0\n"
        "heavy = {'prefect', 'airflow', 'networkx', 'rich', 'flowlight', 'daglight', 'pydantic'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    child = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert child.stderr.splitlines()[-1] == "[]"


def test_findings_are_chosen_and_silenced(place):
    place.write("one.py", MANUAL)
    codes = lambda *more: [  # noqa: E731 - used three times below
        finding["code"]
        for file in json.loads(dagferry("assess", place.dags, "--format", "json", *more).out)[
            "files"
        ]
        for finding in file["findings"]
    ]
    assert "DF301" in codes()
    assert codes("--select", "DF4") == []
    assert "DF301" not in codes("--ignore", "DF301")
    place.write(
        "one.py",
        MANUAL.replace("never_heard_of=1)", "never_heard_of=1)  # dagferry: ignore[DF301]"),
    )
    assert "DF301" not in codes()


def test_verify_says_one_line_for_each_dag_and_one_why_it_is_incomplete(place):
    place.write("good.py", GOOD)
    sensor = GOOD.replace("good", "stub").replace(
        "    PythonOperator(task_id",
        "    FileSensor(task_id='wait', filepath='/') >> PythonOperator(task_id",
    )
    imported = "from airflow.sensors.filesystem import FileSensor\n\n\ndef"
    place.write("stub.py", sensor.replace("\n\ndef", imported, 1))
    result = dagferry("verify", place.dags)
    lines = result.out.splitlines()
    assert (result.code, result.err) == (3, "")
    assert [line.split() for line in (lines[0], lines[1])] == [
        ["good", "equal", "good.py", "1", "scenario,", "6", "checks"],
        ["stub", "incomplete", "stub.py"],
    ]
    assert lines[2].startswith("    converted by hand: the flow has a stub")
    assert lines[3] == ""
    every = dagferry("verify", place.dags, "-v").out
    assert every.count("not-checked") >= 9
