"""What was written for Airflow's example DAGs imports, and the flows are where the records say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from corpus_folders import Converted
from dagferry.report.records import DagRecord, FileRecord
from dagferry.writing import write_file

pytestmark = pytest.mark.corpus
SCRIPT = Path(__file__).with_name("import_flows.py")


@pytest.fixture(scope="module")
def imported(
    converted: Converted, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("imported")
    for path, data in converted.conversion.outputs.items():
        write_file(folder / path, data)
    files = [path for path in converted.conversion.outputs if path.endswith(".py")]
    command = [sys.executable, str(SCRIPT), str(folder), *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def cannot_be_imported(record: FileRecord) -> bool:
    return any(finding.code == "DF602" for finding in record.findings)


def is_made(record: FileRecord, dag: DagRecord) -> bool:
    """Whether something in the folder makes the DAG; where nothing does, there is no flow either."""
    return not any(f.code == "DF112" and f.line == dag.line for f in record.findings)


def test_a_file_with_dags_imports_or_says_that_it_does_not(
    converted: Converted, imported: dict[str, dict[str, Any]]
) -> None:
    wrong = [
        f"{record.path}: {imported[record.path].get('error')}"
        for record in converted.conversion.files
        if record.dags and cannot_be_imported(record) != ("error" in imported[record.path])
    ]
    assert wrong == []


def test_all_dags_of_a_file_that_does_not_import_are_manual(converted: Converted) -> None:
    records = [record for record in converted.conversion.files if cannot_be_imported(record)]
    assert {dag.grade for record in records for dag in record.dags} <= {"manual"}
    assert any(dag.grade != "manual" for r in converted.conversion.files for dag in r.dags)


def test_every_flow_is_where_its_record_says(
    converted: Converted, imported: dict[str, dict[str, Any]]
) -> None:
    wrong = [
        f"{record.path}: {dag.dag_id}: {dag.flow} in {dag.output}"
        for record in converted.conversion.files
        for dag in record.dags
        if is_made(record, dag) and not cannot_be_imported(record)
        if not is_there(dag, imported[dag.output])
    ]
    assert wrong == []


def is_there(dag: DagRecord, found: dict[str, Any]) -> bool:
    """The flow has the DAG's id for a name, under the attribute of the record if it has one."""
    names = found.get("flows", {})
    pattern = re.sub(r"\\{.*?\\}", ".*", re.escape(dag.dag_id)) if dag.family else None
    named = [
        attribute
        for attribute, name in names.items()
        if name == dag.dag_id or (pattern is not None and re.fullmatch(pattern, name))
    ]
    return dag.flow in named if dag.flow is not None else bool(named)
