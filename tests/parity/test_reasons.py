"""The reason why a side proves nothing is told whole, on one line."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from dagferry.parity import VerifyOptions, verify
from dagferry.parity.worker import RECORDERS
from dagferry.pipeline import convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import read_input
from mishaps import dag_file

GOOD = dag_file("plain", "", "return 1")
RAISES = 'raise ValueError("one\\ntwo\\n  three\\n\\n  four")\n'


def reason_of(folder: Path, dag: str, flow: str) -> str | None:
    """Why a DAG, or the flow that someone put in the place of its own, could not be run."""
    dags, flows = folder / "dags", folder / "flows"
    dags.mkdir(exist_ok=True)
    flows.mkdir(exist_ok=True)
    (dags / "plain.py").write_text(GOOD)
    made = convert_input(read_input([dags]))
    (dags / "plain.py").write_text(dag)
    (flows / "plain.py").write_text(flow or made.outputs["plain.py"].decode())
    report = verify(dags, flows, to_json(made.files), VerifyOptions(timeout=60))
    return report.dags[0].reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (RAISES, "ValueError: one two three four"),
        ("def work(:\n    return 1\n", "SyntaxError: invalid syntax"),
    ],
)
def test_the_reason_of_a_dag_is_its_whole_message(tmp_path, text, reason):
    assert reason_of(tmp_path, text, "") == f"the DAG could not be run: plain.py:1: {reason}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (RAISES, "plain.py:1: ValueError: one two three four"),
        (
            "def work(:\n    return 1\n",
            "plain.py:1: syntax error: invalid syntax def work(:",
        ),
    ],
)
def test_the_reason_of_a_flow_is_its_whole_message(tmp_path, text, reason):
    assert reason_of(tmp_path, GOOD, text) == f"the flow could not be run: {reason}"


@pytest.mark.parametrize("side", ["DAG", "flow"])
def test_a_missing_module_is_said_of_the_file_that_imports_it(tmp_path, side):
    for folder in ("dags", "flows"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "helper.py").write_text("import json\nimport no_such_module\n")
    text = "import helper\n"
    made = reason_of(tmp_path, text if side == "DAG" else GOOD, text if side == "flow" else "")
    missing = "ModuleNotFoundError: No module named 'no_such_module'"
    assert made == f"the {side} could not be run: helper.py:2: {missing}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            'Traceback (most recent call last):\n  File "dag.py", line 1, in <module>\n'
            "    raise Odd()\nteam.errors.Odd: one\ntwo: 2\n  three\n",
            "Odd: one two: 2 three",
        ),
        ("Cycle detected in DAG: a.b\nFaulty task: c", "Cycle detected in DAG: a.b Faulty task: c"),
    ],
)
def test_real_airflow_gives_the_whole_message_as_well(text, words):
    path = RECORDERS / "airflow_recorder.py"
    spec = importlib.util.spec_from_file_location("read_recorder", path)
    assert spec is not None
    assert spec.loader is not None
    recorder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recorder)
    assert recorder.last_words(text) == words
