"""Airflow's own example DAGs: nothing crashes, nothing vanishes, everything that is written compiles."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_folders import FOLDERS, Converted, folder_of
from corpus_reading import dag_lines, spelled_id, task_calls
from dagferry.findings import REQUIRED
from dagferry.pipeline import convert_input
from dagferry.report.records import DagRecord, FileRecord
from dagferry.source.discover import read_input
from dagferry.writing import write_file

pytestmark = pytest.mark.corpus


def trees(converted: Converted) -> Iterator[tuple[str, ast.Module]]:
    for file in converted.source.files:
        if file.path.endswith(".py"):
            yield file.path, ast.parse(file.text or "")


def outputs(converted: Converted) -> Iterator[tuple[str, str]]:
    for path, data in converted.conversion.outputs.items():
        if path.endswith(".py"):
            yield path, data.decode()


def dags(converted: Converted) -> Iterator[tuple[FileRecord, DagRecord]]:
    for record in converted.conversion.files:
        for dag in record.dags:
            yield record, dag


def test_every_python_file_is_in_the_records_and_in_the_output(converted: Converted) -> None:
    paths = {path for path, _ in trees(converted)}
    assert paths == {record.path for record in converted.conversion.files}
    assert {f.path for f in converted.source.files} <= set(converted.conversion.outputs)


def test_nothing_crashes_and_nothing_is_unreadable(converted: Converted) -> None:
    faults = [
        f"{record.path}:{finding.line}: {finding.message}\n{finding.hint}"
        for record in converted.conversion.files
        for finding in record.findings
        if finding.code.startswith("DF9")
    ]
    assert not faults, "\n".join(faults)
    assert {record.status for record in converted.conversion.files} == {"dag", "other"}


def test_every_output_compiles(converted: Converted) -> None:
    for path, text in outputs(converted):
        compile(text, path, "exec", dont_inherit=True)


def test_no_output_imports_airflow(converted: Converted) -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, text in outputs(converted)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.Import, ast.ImportFrom)) and _reaches_airflow(node)
    ]
    assert found == []


def _reaches_airflow(node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.level == 0 and (node.module or "").partition(".")[0] == "airflow"
    return any(alias.name.partition(".")[0] == "airflow" for alias in node.names)


def test_every_dag_of_the_text_is_in_the_records(converted: Converted) -> None:
    known = {(record.path, dag.line) for record, dag in dags(converted)}
    lines = {line for _, line in known}
    lost = [
        f"{path}:{first}"
        for path, tree in trees(converted)
        for first, last in dag_lines(tree)
        if not any(line in lines for line in range(first, last + 1))
    ]
    assert lost == []


def test_every_operator_call_is_a_task_of_the_records_or_a_required_finding(
    converted: Converted,
) -> None:
    lines = {task.line for _, dag in dags(converted) for task in dag.tasks}
    lost = []
    for path, tree in trees(converted):
        (record,) = [r for r in converted.conversion.files if r.path == path]
        said = {f.line for f in record.findings if f.severity == REQUIRED}
        lost += [
            f"{path}:{call.lineno}: {ast.unparse(call.func)}"
            for call in task_calls(tree)
            if call.lineno not in lines | said
        ]
    assert lost == []


def test_every_manual_task_has_a_required_finding(converted: Converted) -> None:
    silent = [
        f"{record.path}:{task.line}: {dag.dag_id}.{task.task_id}"
        for record, dag in dags(converted)
        for task in dag.tasks
        if task.grade == "manual" and not _said(converted, record, dag, task.line, task.task_id)
    ]
    assert silent == []


def _said(
    converted: Converted, record: FileRecord, dag: DagRecord, line: int, task_id: str
) -> bool:
    """By the task's own finding, the DAG's as a whole, or that of a name that its body reaches."""
    for other in converted.conversion.files:
        for finding in other.findings:
            if finding.severity != REQUIRED:
                continue
            if finding.task_id == task_id or finding.line == line or finding.code == "DF601":
                return True
            if other is record and dag.form == "stub":
                return True
    return False


def test_every_task_id_of_the_text_stands_in_the_output(converted: Converted) -> None:
    texts = dict(outputs(converted))
    lost = []
    for path, tree in trees(converted):
        for call in task_calls(tree):
            written = spelled_id(call).replace("'", '"')
            if written not in texts[path].replace("'", '"'):
                lost.append(f"{path}:{call.lineno}: {written}")
    assert lost == []


def test_what_is_written_comes_back_as_it_is_when_it_is_converted_again(
    converted: Converted, tmp_path: Path
) -> None:
    for path, data in converted.conversion.outputs.items():
        write_file(tmp_path / path, data)
    again = convert_input(read_input([tmp_path]))
    assert [r.path for r in again.files if r.status == "dag"] == []
    changed = [p for p, d in converted.conversion.outputs.items() if again.outputs.get(p) != d]
    assert changed == []


@pytest.mark.parametrize("name", FOLDERS)
def test_the_same_bytes_come_out_whatever_the_hash_seed_and_the_jobs(
    name: str, tmp_path: Path
) -> None:
    folder = folder_of(name)
    written = [_run_convert(folder, tmp_path / f"{s}{j}", s, j) for s, j in ((0, 1), (1, 2))]
    assert written[0] == written[1]


def _run_convert(folder: Path, output: Path, seed: int, jobs: int) -> dict[str, bytes]:
    command = [sys.executable, "-m", "dagferry", "convert", str(folder), "-o", str(output)]
    env = {**os.environ, "PYTHONHASHSEED": str(seed)}
    done = subprocess.run([*command, "--quiet", f"--jobs={jobs}"], env=env, capture_output=True)
    assert done.returncode == 1, done.stderr.decode()
    return {
        file.relative_to(output).as_posix(): file.read_bytes()
        for file in sorted(output.rglob("*"))
        if file.is_file()
    }


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize(("level", "code"), [("manual", 1), ("never", 0)])
def test_assess_ends_with_the_documented_exit_code(name: str, level: str, code: int) -> None:
    command = [sys.executable, "-m", "dagferry", "assess", str(folder_of(name))]
    done = subprocess.run(
        [*command, "--format=json", "--quiet", f"--fail-on={level}"], capture_output=True
    )
    assert done.returncode == code, done.stderr.decode()
    totals = json.loads(done.stdout)["totals"]
    assert sum(totals["grades"].values()) == totals["tasks"] > 0
