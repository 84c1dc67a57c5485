"""`[tool.dagferry]`, comments that silence a finding, and the baseline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dagferry.cli import run

DAG = """\
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.sensors.filesystem import FileSensor

with DAG("waits", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False) as dag:
    FileSensor(task_id="file", filepath="x")
    BashOperator(task_id="say", bash_command="echo hi", queue="small")
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "waits.py").write_text(DAG)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, set[str]]:
    code = run(["assess", "dags", "--format", "json", "-q", *options])
    files = json.loads(capsys.readouterr().out)["files"]
    return code, {finding["code"] for file in files for finding in file["findings"]}


def test_without_a_configuration_every_finding_is_shown(folder, capsys):
    assert codes(capsys) == (1, {"DF201", "DF302", "DF710"})


def test_the_nearest_pyproject_sets_defaults(folder, capsys, monkeypatch):
    table = '[tool.dagferry]\nignore = ["DF2", "DF302"]\nfail-on = "never"\n'
    (folder / "pyproject.toml").write_text(table)
    assert codes(capsys) == (0, {"DF710"})
    inner = folder / "dags"
    monkeypatch.chdir(inner)
    assert run(["assess", ".", "-q"]) == 0


def test_the_command_line_stands_over_the_configuration(folder, capsys):
    (folder / "pyproject.toml").write_text('[tool.dagferry]\nfail-on = "never"\nignore = ["DF"]\n')
    assert codes(capsys, "--fail-on", "manual", "--ignore", "DF710") == (1, {"DF201", "DF302"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[tool.dagferry]\nfailon = 1\n", "found 'failon'"),
        ("[tool.dagferry\n", "expected TOML"),
        ("tool.dagferry = 1\n", "expected a table"),
    ],
)
def test_a_wrong_configuration_is_a_usage_error(folder, capsys, text, words):
    (folder / "pyproject.toml").write_text(text)
    assert run(["assess", "dags"]) == 2
    assert words in capsys.readouterr().err


def test_a_comment_silences_a_finding_on_its_line(folder, capsys):
    silent = DAG.replace('queue="small")', 'queue="small")  # dagferry: ignore[DF302]')
    (folder / "dags" / "waits.py").write_text(silent)
    assert codes(capsys)[1] == {"DF201", "DF710"}
    (folder / "dags" / "waits.py").write_text(silent.replace("[DF302]", "[DF999]"))
    assert codes(capsys)[1] == {"DF201", "DF302", "DF710"}


def test_a_baseline_leaves_only_what_is_new(folder, capsys):
    assert run(["assess", "dags", "-q", "--write-baseline", "known.json"]) == 1
    capsys.readouterr()
    assert codes(capsys, "--baseline", "known.json") == (1, set())
    more = DAG + '    BashOperator(task_id="two", bash_command="echo hi", priority_weight=5)\n'
    (folder / "dags" / "waits.py").write_text("# moved down\n" + more)
    assert codes(capsys, "--baseline", "known.json") == (1, {"DF302"})


def test_what_is_no_baseline_is_a_usage_error(folder, capsys):
    (folder / "known.json").write_text("[]")
    assert run(["assess", "dags", "--baseline", "known.json"]) == 2
    assert "expected a baseline" in capsys.readouterr().err


def test_import_roots_may_be_configured_beside_the_file_that_says_so(folder, capsys):
    (folder / "lib").mkdir()
    (folder / "lib" / "shared.py").write_text("DEFAULTS = {'retries': 1}\n")
    text = DAG.replace(
        "from airflow import DAG", "from airflow import DAG\nfrom shared import DEFAULTS"
    )
    text = text.replace("catchup=False", "catchup=False, default_args=DEFAULTS")
    (folder / "dags" / "waits.py").write_text(text)
    run(["assess", "dags", "--format", "json", "-q"])
    before = capsys.readouterr().out
    (folder / "pyproject.toml").write_text('[tool.dagferry]\nroot = ["lib"]\n')
    found = run(["assess", "dags", "--format", "json", "-q"])
    after = json.loads(capsys.readouterr().out)
    assert found == 1
    assert json.loads(before)["totals"]["files"] == 1
    assert (after["roots"], after["totals"]["files"]) == (["lib"], 2)
