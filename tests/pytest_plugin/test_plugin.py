"""`pytest --dagferry` and `dagferry.assert_equivalent`, as the users' pytest runs them."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from dagferry import assert_equivalent
from dagferry.assertions import NotEquivalentError
from dagferry.cli import run
from dagferry.errors import UsageError

DAG = """\
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def work(n=1, **context):
    {body}


with DAG({name!r}, start_date=datetime(2024, 1, 1), schedule=None, params={{"n": 1}}):
    PythonOperator(task_id="work", python_callable=work)
"""
FLOW = """\
from prefect import flow, task


@task
def work():
    return {value}


@flow(name="etl")
def etl({parameters}):
    work()
"""
FORK = "import os; os.fork() and os.wait()"


def put(folder: Path, name: str, body: str = "return 1") -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}.py"
    file.write_text(DAG.format(name=name, body=body))
    return file


def flow(folder: Path, value: object = 1, parameters: str = "") -> Path:
    file = folder / "flow_etl.py"
    file.write_text(FLOW.format(value=value, parameters=parameters))
    return file


@pytest.fixture
def dags(pytester):
    # The plugin runs in this process, and the engines' time limits do not.
    pytester.makeini("[pytest]\nfilterwarnings = error\n")
    return pytester.path / "dags"


def test_without_the_option_nothing_is_collected_and_nothing_imported(pytester, dags):
    put(dags, "etl")
    assert pytester.runpytest(dags).ret == pytest.ExitCode.NO_TESTS_COLLECTED
    code = (
        "import sys, dagferry, dagferry.pytest_plugin\n"
        "print(sorted(one for one in sys.modules if one.startswith('dagferry')))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "['dagferry', 'dagferry.pytest_plugin']\n"


def test_there_is_one_test_for_each_dag(pytester, dags):
    put(dags, "etl")
    put(dags, "load")
    (dags / "helpers.py").write_text("x = 1\n")
    (dags / "test_it.py").write_text("def test_it(): pass\n")
    result = pytester.runpytest("--dagferry", dags, "-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["dags/etl.py::etl PASSED*", "dags/load.py::load PASSED*"])


def test_one_dag_can_be_chosen(pytester, dags):
    put(dags, "etl")
    put(dags, "load")
    pytester.runpytest("--dagferry", f"{dags}/etl.py::etl").assert_outcomes(passed=1)


def test_a_difference_is_shown_with_the_command_that_shows_it_again(
    pytester, dags, monkeypatch, capfd
):
    put(dags, "etl")
    flows = pytester.path / "flows"
    run(["convert", str(dags), "-o", str(flows), "-q"])
    converted = flows / "etl.py"
    assert converted.read_text().count("return 1") == 1
    converted.write_text(converted.read_text().replace("return 1", "return 2"))
    result = pytester.runpytest("--dagferry", dags, "--dagferry-flows", flows)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "etl (etl.py): different",
            "first difference: xcoms: work.return_value",
            "  Airflow: 1",
            "  Prefect: 2",
            "checks that differ: xcoms",
            "to see it again: dagferry verify * --dag etl --flows *",
        ]
    )
    assert _again(result.stdout.lines) == 1
    assert "different" in capfd.readouterr().out


def _again(lines: list[str]) -> int:
    # Where the variable CI is set, pytest's summary says the whole message once more.
    (line,) = {one for one in lines if one.startswith("to see it again: ")}
    return run(shlex.split(line.removeprefix("to see it again: "))[1:])


def test_what_could_not_be_checked_fails_and_says_why(pytester, dags):
    put(dags, "etl", FORK)
    result = pytester.runpytest("--dagferry", dags)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["etl (etl.py): incomplete", "*the run forked*"])


def test_what_could_not_be_checked_is_skipped_where_that_is_allowed(pytester, dags):
    put(dags, "etl", FORK)
    put(dags, "good")
    result = pytester.runpytest("--dagferry", dags, "--dagferry-allow-incomplete", "-rs")
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["*etl (etl.py): incomplete*"])


def test_a_file_that_cannot_be_read_fails(pytester, dags):
    put(dags, "etl").write_text("from airflow import DAG\nwith DAG(:\n")
    result = pytester.runpytest("--dagferry", dags)
    result.assert_outcomes(failed=1)


def test_a_wrong_engine_fails_each_dag(pytester, dags):
    put(dags, "etl")
    result = pytester.runpytest("--dagferry", dags, "--dagferry-airflow", "/nowhere/python")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*expected `light` or the Python of an environment*"])


def test_a_time_limit_of_nothing_is_refused_and_not_left_aside(pytester, dags):
    put(dags, "etl")
    result = pytester.runpytest("--dagferry", "--dagferry-timeout=0", dags)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*--timeout: expected seconds above 0*"])


def test_the_other_options_need_the_first(pytester, dags):
    put(dags, "etl")
    result = pytester.runpytest("--dagferry-allow-incomplete", dags)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--dagferry-allow-incomplete: expected --dagferry beside it*"])


def test_a_folder_without_a_manifest_is_no_converted_folder(pytester, dags):
    put(dags, "etl")
    result = pytester.runpytest("--dagferry", dags, "--dagferry-flows", dags)
    assert result.ret != pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["*expected dagferry.json in*"])


def test_a_dag_and_a_flow_written_by_hand_are_equivalent(tmp_path):
    dag = put(tmp_path, "etl")
    assert_equivalent(dag, flow(tmp_path))
    assert_equivalent(f"{dag}:etl", f"{flow(tmp_path)}:etl")


def test_a_flow_that_the_file_imports_is_not_what_is_compared(tmp_path):
    dag = put(tmp_path, "etl")
    file = flow(tmp_path)
    (tmp_path / "inner.py").write_text("from prefect import flow\n@flow\ndef inner(): pass\n")
    file.write_text("from inner import inner\n" + file.read_text() + "    inner()\n")
    assert_equivalent(dag, file)


def test_a_flow_that_returns_something_else_is_not(tmp_path):
    dag = put(tmp_path, "etl")
    with pytest.raises(NotEquivalentError) as raised:
        assert_equivalent(dag, flow(tmp_path, value=2))
    message = str(raised.value)
    assert "first difference: xcoms: work.return_value\n  Airflow: 1\n  Prefect: 2" in message
    command = shlex.split(message.rpartition("to see it again: ")[2])
    again = subprocess.run([sys.executable, *command[1:]], capture_output=True, text=True)
    assert message in again.stderr


def test_both_are_given_the_conf_and_the_date(tmp_path):
    dag = put(tmp_path, "etl", 'return [context["params"]["n"], context["ds"]]')
    value = '[int(__import__("prefect").runtime.flow_run.parameters["n"]), str(logical_date)[:10]]'
    file = flow(tmp_path, parameters="n: int, logical_date: str")
    text = file.read_text().replace("def work()", "def work(logical_date)")
    text = text.replace("    work()", "    work(logical_date)").replace(
        "return 1", f"return {value}"
    )
    file.write_text(text)
    assert_equivalent(dag, file, conf={"n": 7}, logical_date="2024-05-06")


def test_a_converted_flow_is_compared_by_its_manifest(tmp_path, monkeypatch):
    dag = put(tmp_path / "dags", "etl", 'context["ti"].xcom_push("k", 3)')
    run(["convert", str(tmp_path / "dags"), "-o", str(tmp_path / "flows"), "-q"])
    manifest = json.loads((tmp_path / "flows" / "dagferry.json").read_text())
    assert manifest["files"][0]["dags"][0]["tasks"][0]["xcoms"]
    assert_equivalent(dag, tmp_path / "flows" / "etl.py")


def test_what_could_not_be_checked_is_not_equivalent(tmp_path):
    dag = put(tmp_path, "etl", FORK)
    with pytest.raises(NotEquivalentError, match=r"etl.py.: incomplete\n.*the run forked"):
        assert_equivalent(dag, flow(tmp_path))


def test_wrong_use_is_told(tmp_path):
    with pytest.raises(UsageError, match="found no file at"):
        assert_equivalent(tmp_path / "no.py", tmp_path / "no.py")
    with pytest.raises(UsageError, match="stubs: expected a file, found none"):
        assert_equivalent("a.py", "b.py", stubs="stubs.yaml")


def test_a_stub_answers_what_the_dag_calls(tmp_path):
    dag = put(tmp_path, "etl", "return HttpHook().run('x')")
    text = "from airflow.providers.http.hooks.http import HttpHook\n" + dag.read_text()
    dag.write_text(text)
    stubs = tmp_path / "stubs.yaml"
    stubs.write_text("HttpHook.run: {value: 1}\n")
    assert_equivalent(dag, flow(tmp_path), stubs=stubs)
    with pytest.raises(NotEquivalentError, match=r"to see it again: .*stubs=.*stubs\.yaml"):
        assert_equivalent(dag, flow(tmp_path, value=2), stubs=stubs)
    stubs.write_text("HttpHook.run: {value: 1}\nHttpHook.get_conn: {value: 1}\n")
    with pytest.warns(UserWarning, match="stubs: HttpHook.get_conn answered no call of etl"):
        assert_equivalent(dag, flow(tmp_path), stubs=stubs)
    stubs.write_text("nobody: {value: 1}\n")
    with pytest.raises(NotEquivalentError, match="'nobody' is no task of the DAG"):
        assert_equivalent(dag, flow(tmp_path), stubs=stubs)


def test_a_dag_that_reads_connections_while_it_loads_can_be_compared(tmp_path):
    dag = put(tmp_path, "etl")
    text = "from airflow.hooks.base import BaseHook\nBaseHook.get_connection('pg')\n"
    dag.write_text(text + dag.read_text())
    file = tmp_path / "connections.json"
    file.write_text('{"pg": "postgres://"}')
    assert_equivalent(dag, flow(tmp_path), connections=file)


def test_variables_connections_and_stubs_are_handed_to_verify(pytester, dags):
    put(dags, "etl", "from airflow.hooks.base import BaseHook\n    BaseHook.get_connection('pg')")
    given = pytester.makefile(".json", connections='{"pg": "postgres://"}')
    arguments = ("--dagferry", dags, "--dagferry-connections", given)
    result = pytester.runpytest(*arguments)
    result.stdout.fnmatch_lines(["*etl (etl.py): incomplete*", f"*--connections {given}*"])
    result = pytester.runpytest("--dagferry", dags, "--dagferry-stubs", pytester.path / "no.yaml")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--dagferry-stubs: expected a file, found none at*"])


def test_the_failure_of_a_test_shows_no_frame_of_ours(pytester, dags):
    dag, file = put(dags, "etl"), flow(dags, value=2)
    test = (
        f"import dagferry\ndef test_it(): dagferry.assert_equivalent({str(dag)!r}, {str(file)!r})"
    )
    result = pytester.runpytest(pytester.makepyfile(test))
    result.assert_outcomes(failed=1)
    assert not [line for line in result.stdout.lines if "assertions.py" in line]
    assert os.path.exists(file)
