"""What the user says of outside calls: connections and stubs go to the DAG's side of verify."""

from __future__ import annotations

import json

import pytest
from dagferry.cli import run
from dagferry.parity import DagReport, EngineError, VerifyOptions, verify
from dagferry.parity.manifest import TaskFacts
from parity_build import check, dag_task, flow_task

HEAD = """
from datetime import datetime
from airflow import DAG
from airflow.hooks.base import BaseHook
from airflow.operators.python import PythonOperator
from airflow.providers.snowflake.operators.snowflake import SnowflakeOperator
with DAG("etl", start_date=datetime(2024, 1, 1), schedule=None):
"""
LOAD = f"""{HEAD}
    load = SnowflakeOperator(task_id="load", sql="select 1")
    load >> PythonOperator(task_id="after", python_callable=lambda ti: ti.xcom_pull("load"))
"""
HOST = f"""{HEAD}
    host = lambda: BaseHook.get_connection("pg").host
    PythonOperator(task_id="host", python_callable=host)
"""
PLAIN = f"{HEAD}    PythonOperator(task_id='one', python_callable=lambda: 1)\n"
LOAD_FLOW = """
from prefect import flow, task
@task
def load(sql="select 1"): return {value}
@task
def after(load): return load
@flow(name="etl")
def etl(): after(load())
"""
HOST_FLOW = """
from prefect import flow, task
@task
def host(): return "db.example"
@flow(name="etl")
def etl(): host()
"""
CALL = [["SnowflakeOperator", "execute", {"sql": "select 1"}]]


@pytest.fixture
def folder(tmp_path):
    for name in ("dags", "flows"):
        (tmp_path / name).mkdir()
    return tmp_path


def verified(folder, dag, flow, *tasks, **files) -> DagReport:
    """By a manifest, as for a flow that was converted; `files`: option -> text."""
    (folder / "dags" / "etl.py").write_text(dag)
    (folder / "flows" / "etl.py").write_text(flow)
    given = {}
    for name, text in files.items():
        given[name] = folder / f"{name}.{'yaml' if name == 'stubs' else 'json'}"
        given[name].write_text(text)
    about = {"dag_id": "etl", "output": "etl.py", "flow": "etl", "tasks": list(tasks)}
    manifest = {"version": 1, "files": [{"path": "etl.py", "status": "dag", "dags": [about]}]}
    options = VerifyOptions(timeout=60, **given)
    (found,) = verify(folder / "dags", folder / "flows", manifest, options).dags
    return found


def facts(task_id, grade="native"):
    rendered = {"sql": "sql", "parameters": None} if task_id == "load" else {}
    xcoms = {"return_value": []}
    return {"task_id": task_id, "grade": grade, "xcoms": xcoms, "rendered": rendered}


TASKS = (facts("load"), facts("after"))


def test_what_a_stub_gives_is_what_the_flow_has_to_give(folder):
    found = verified(folder, LOAD, LOAD_FLOW.format(value="5"), *TASKS, stubs="load: {value: 5}")
    assert (found.verdict, found.reason) == ("equal", None)
    calls = found.check("calls")
    assert (calls.verdict, calls.leniencies) == ("equal", (("stubbed call", "load.calls"),))


def test_a_flow_that_gives_something_else_than_the_stub_is_different(folder):
    found = verified(folder, LOAD, LOAD_FLOW.format(value="6"), *TASKS, stubs="load: {value: 5}")
    assert found.verdict == "different"
    assert found.check("xcoms").airflow == {"load.return_value": 5, "after.return_value": 5}


def test_without_a_stub_the_call_is_missing_in_the_flow(folder):
    found = verified(folder, LOAD, LOAD_FLOW.format(value="None"), *TASKS)
    assert [one.check for one in found.checks if one.verdict == "different"] == ["calls"]


def test_a_stub_that_gives_nothing_shows_nothing(folder):
    stubs = "load: {value: null}"
    found = verified(folder, LOAD, LOAD_FLOW.format(value="None"), *TASKS, stubs=stubs)
    assert found.verdict == "incomplete"
    words = "SnowflakeOperator.execute was stubbed and the task gives nothing to compare"
    assert words in found.check("calls").detail


def test_a_task_that_has_to_be_converted_by_hand_is_named_whatever_its_stub(folder):
    flow = LOAD_FLOW.replace("return {value}", "raise NotImplementedError('load')")
    tasks = (facts("load", "manual"), facts("after"))
    found = verified(folder, LOAD, flow, *tasks, stubs="load: {value: 5}")
    assert found.verdict == "incomplete"
    assert "load: converted by hand: the flow has a stub" in found.check("outcomes").detail


def test_connections_are_those_of_the_file(folder):
    given = json.dumps({"pg": "postgres://db.example/x"})
    assert verified(folder, HOST, HOST_FLOW, facts("host"), connections=given).verdict == "equal"
    assert verified(folder, HOST, HOST_FLOW, facts("host")).verdict == "different"


def test_stubs_for_tasks_of_other_dags_are_left_aside_and_those_of_no_task_refused(folder, capsys):
    other = LOAD.replace('"etl"', '"other"')
    (folder / "dags" / "other.py").write_text(other)
    (folder / "stubs.yaml").write_text("load: {value: 5}\nSnowflakeOperator: {value: 7}\n")
    (folder / "dags" / "etl.py").write_text(PLAIN)
    arguments = ["verify", str(folder / "dags"), "--stubs", str(folder / "stubs.yaml")]
    assert run(arguments) == 3
    assert "etl    equal" in capsys.readouterr().out
    (folder / "stubs.yaml").write_text("lod: {value: 5}\n")
    assert run(arguments) == 2
    assert "'lod' is the id of no task" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["- 1", "a: [", "nobody: {value: 1}"])
def test_stubs_that_could_not_be_meant_are_refused_before_anything_runs(folder, text):
    with pytest.raises(EngineError, match=r"--stubs .*stubs.yaml: "):
        verified(folder, LOAD, LOAD_FLOW, *TASKS, stubs=text)


def test_a_stub_that_answers_nothing_is_told(folder, capsys):
    (folder / "dags" / "etl.py").write_text(LOAD)
    stubs = folder / "stubs.yaml"
    arguments = ["verify", str(folder / "dags"), "--stubs", str(stubs)]
    said = "--stubs: {} answered no call of the DAGs that were run"
    stubs.write_text("load: {value: 5}\nSnowflakeOperator: {value: 7}\nHook.get: {value: 7}\n")
    run(arguments)
    out = capsys.readouterr().out
    assert said.format("SnowflakeOperator") in out
    assert said.format("Hook.get") in out
    assert said.format("load") not in out
    stubs.write_text("SnowflakeOperator: {value: 7}\nafter: {value: 1}\n")
    run([*arguments, "--format", "json"])
    assert json.loads(capsys.readouterr().out)["notes"] == []
    (folder / "dags" / "etl.py").write_text("import os\nos._exit(0)\n" + LOAD)
    run(arguments)
    assert "answered no call" not in capsys.readouterr().out


def test_real_airflow_takes_no_stubs(folder):
    options = VerifyOptions(airflow="/nowhere/python", stubs=folder / "stubs.yaml")
    with pytest.raises(EngineError, match="expected --airflow light, for real Airflow makes its"):
        verify(folder, folder, {"version": 1, "files": []}, options)


def stubbed(**changes):
    base = {"calls": CALL, "stubbed": [True], "xcoms": {"return_value": 5}}
    return dag_task("a", **{**base, **changes})


def test_a_call_that_a_stub_answered_is_looked_for_where_the_flow_did_not_run_the_task():
    called = flow_task("a", result={"value": 5})
    assert check("calls", [stubbed()], [called]).verdict == "equal"
    assert check("calls", [stubbed()], []).verdict == "different"
    assert check("calls", [stubbed()], [flow_task("a", calls=CALL)]).verdict == "equal"
    other = [["SnowflakeOperator", "execute", {"sql": "select 2"}]]
    assert check("calls", [stubbed()], [flow_task("a", calls=other)]).verdict == "different"
    half = stubbed(calls=CALL * 2, stubbed=[True, False])
    assert check("calls", [half], [called]).verdict == "different"


def test_what_the_flow_prints_and_writes_in_the_place_of_a_stub_is_not_checked():
    printed = check("effects", [stubbed()], [flow_task("a", prints=["hello"])])
    assert printed.verdict == "not-checked"
    assert check("effects", [dag_task("a")], [flow_task("a", prints=["x"])]).verdict == "different"


def test_what_a_stub_answers_is_not_looked_for_in_a_flow_that_only_records_the_call():
    dag = [stubbed(), dag_task("b", xcoms={"return_value": 5}, upstream=["a"])]
    flow = [flow_task("a", calls=CALL), flow_task("b", upstream=[0])]
    recorded = TaskFacts(task_id="a", grade="manual")
    found = check("xcoms", dag, flow, recorded)
    assert found.verdict == "not-checked"
    assert found.reasons[0] == "a stub answered the DAG's call, the flow only recorded it"
    unstubbed = [{**one, "stubbed": [False] * len(one["calls"])} for one in dag]
    assert check("xcoms", unstubbed, flow, recorded).verdict == "different"
    wrong = [flow_task("a", calls=[["SnowflakeOperator", "execute", {"sql": "x"}]]), flow[1]]
    assert check("calls", dag, wrong, recorded).verdict == "different"
