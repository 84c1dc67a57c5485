"""Every JSON that the commands print keeps to its schema in docs/reference."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).parents[2]
SCHEMAS = {
    file.name.removesuffix(".schema.json"): json.loads(file.read_text())
    for file in sorted((ROOT / "docs" / "reference").glob("*.schema.json"))
}
SAMPLES = ROOT / "samples" / "airflow_dags"
BROKEN = "from airflow import DAG\n\n\ndef hello(:\n"
MANUAL = """\
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.sensors.filesystem import FileSensor

with DAG("waits", schedule=None, catchup=False):
    FileSensor(task_id="wait", filepath="x") >> EmptyOperator(task_id="go", queue="small")
"""


def printed(folder: Path, *arguments: str) -> Any:
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def keeps_to(name: str, document: Any) -> None:
    jsonschema.Draft202012Validator(SCHEMAS[name]).validate(document)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_refuses_another_version_and_an_unknown_key(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    for document in ({}, {"version": 2}, {"version": 1, "surprise": 1}):
        with pytest.raises(jsonschema.ValidationError):
            keeps_to(name, document)


def test_every_verb_with_json_has_a_schema() -> None:
    verbs = {"assess", "graph", "diff", "verify", "explain", "constructs"}
    engines = {"daglight-run", "flowlight-run", "flowlight-runs", "flowlight-logs", "trace"}
    assert set(SCHEMAS) == verbs | engines | {"manifest", "flowlight-limits"}


@pytest.fixture(scope="module")
def flows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("flows")
    options = ("-o", str(folder), "--format", "json")
    keeps_to("assess", printed(ROOT, "dagferry", "convert", str(SAMPLES), *options))
    return folder


@pytest.fixture
def trouble(tmp_path: Path) -> Path:
    (tmp_path / "broken.py").write_text(BROKEN)
    (tmp_path / "waits.py").write_text(MANUAL)
    return tmp_path


def test_assess_over_the_samples_and_over_trouble(trouble: Path) -> None:
    keeps_to("assess", printed(ROOT, "dagferry", "assess", str(SAMPLES), "--format", "json"))
    document = printed(trouble, "dagferry", "assess", ".", "--format", "json")
    assert {file["status"] for file in document["files"]} == {"unreadable", "dag"}
    keeps_to("assess", document)


def test_convert_and_the_manifest(trouble: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("out")
    for _ in range(2):
        options = ("-o", str(out), "--format", "json")
        keeps_to("assess", printed(trouble, "dagferry", "convert", ".", *options))
        keeps_to("manifest", json.loads((out / "dagferry.json").read_text()))
        (out / "waits.py").write_text("# edited\n")


def test_the_manifest_of_the_samples(flows: Path) -> None:
    keeps_to("manifest", json.loads((flows / "dagferry.json").read_text()))


@pytest.mark.parametrize(
    ("sample", "verdict"),
    [("etl.py", "equal"), ("diamond.py", "equal"), ("dynamic_plan.py", "incomplete")],
)
def test_graph_and_diff(sample: str, verdict: str, flows: Path) -> None:
    dag, flow = str(SAMPLES / sample), str(flows / sample)
    keeps_to("graph", printed(ROOT, "dagferry", "graph", dag, "--format", "json"))
    document = printed(ROOT, "dagferry", "diff", dag, flow, "--format", "json")
    assert document["verdict"] == verdict
    keeps_to("diff", document)


def test_a_diff_that_finds_something(tmp_path: Path) -> None:
    flow = tmp_path / "etl.py"
    flow.write_text("from prefect import flow, task\n\n\n@task\ndef extract():\n    pass\n\n\n")
    flow.write_text(flow.read_text() + '@flow(name="etl")\ndef etl():\n    extract()\n')
    command = ("diff", str(SAMPLES / "etl.py"), str(flow), "--format", "json")
    document = printed(ROOT, "dagferry", *command)
    assert document["verdict"] == "different"
    assert any(pair["differences"] for pair in document["pairs"].values())
    keeps_to("diff", document)


def test_verify_with_every_verdict(tmp_path: Path) -> None:
    for sample in ("etl.py", "diamond.py"):
        (tmp_path / sample).write_text((SAMPLES / sample).read_text())
    (tmp_path / "waits.py").write_text(MANUAL)
    printed(tmp_path, "dagferry", "convert", ".", "-o", "../flows", "--format", "json")
    flow = tmp_path.parent / "flows" / "etl.py"
    changed = flow.read_text().replace("* 2", "* 3")
    assert changed != flow.read_text()
    flow.write_text(changed)
    command = ("verify", ".", "--flows", "../flows", "--format", "json")
    document = printed(tmp_path, "dagferry", *command)
    assert document["totals"] == {"equal": 1, "different": 1, "incomplete": 1}
    keeps_to("verify", document)


def test_explain_and_constructs() -> None:
    keeps_to("explain", printed(ROOT, "dagferry", "explain", "DF301", "--format", "json"))
    keeps_to("constructs", printed(ROOT, "dagferry", "constructs", "--format", "json"))


@pytest.mark.parametrize("sample", ["etl", "dynamic_plan", "alert_on_failure"])
def test_the_engines_and_their_traces(sample: str, flows: Path, tmp_path: Path) -> None:
    dag, flow = str(SAMPLES / f"{sample}.py"), str(flows / f"{sample}.py")
    keeps_to("daglight-run", printed(tmp_path, "daglight", "run", dag, "--format", "json"))
    keeps_to("flowlight-run", printed(tmp_path, "flowlight", "run", flow, "--format", "json"))
    for module, file in (("daglight.trace", dag), ("flowlight.trace", flow)):
        command = [sys.executable, "-m", module, file, "--out", "trace.json"]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
        keeps_to("trace", json.loads((tmp_path / "trace.json").read_text()))


def test_the_history_of_flowlight(tmp_path: Path) -> None:
    source = "from prefect import flow, get_run_logger\n\n\n@flow(flow_run_name='{name}')\n"
    source += "def main(name):\n    get_run_logger().info('text')\n    assert name != 'bad'\n"
    (tmp_path / "etl.py").write_text(source)
    for name in ("good", "bad"):
        printed(tmp_path, "flowlight", "run", "etl.py", "-p", f"name={name}", "--format", "json")
        document = printed(tmp_path, "flowlight", "logs", name, "--json")
        assert [line["text"] for line in document["lines"]] == ["text"]
        keeps_to("flowlight-logs", document)
    document = printed(tmp_path, "flowlight", "runs", "--limit", "2", "--json")
    assert [run["state"] for run in document["runs"]] == ["FAILED", "COMPLETED"]
    keeps_to("flowlight-runs", document)


def test_the_limits_of_flowlight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = [sys.executable, "-m", "flowlight", "limit", "set", "db", "5", "--decay", "0.5"]
    monkeypatch.setenv("FLOWLIGHT_HOME", str(tmp_path))
    subprocess.run(command, cwd=tmp_path, check=True)
    document = printed(tmp_path, "flowlight", "limit", "list", "--json")
    assert len(document["limits"]) == 1
    keeps_to("flowlight-limits", document)
