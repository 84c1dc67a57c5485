"""What was edited by hand since the conversion is named: a run does not come to all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from dagferry import manifest as manifests
from dagferry.parity import VerifyOptions, verify
from dagferry.pipeline import convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import read_input

DAG = """\
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def size(count=1):
    return "large" if count > 5 else "small"


with DAG("sizes", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False):
    PythonOperator(task_id="size", python_callable=size)
"""


@pytest.mark.parametrize(
    ("file", "old", "new", "verdict"),
    [
        ("sizes.py", "large", "huge", "equal"),
        ("prefect.yaml", "default", "other", "equal"),
        ("prefect.yaml", "0 0 * * *", "0 5 * * *", "different"),
    ],
)
def test_a_file_that_was_edited_is_named_in_a_note(tmp_path, file, old, new, verdict):
    dags, flows = tmp_path / "dags", tmp_path / "flows"
    dags.mkdir()
    flows.mkdir()
    (dags / "sizes.py").write_text(DAG)
    manifest = converted(dags, flows)
    assert verify(dags, flows, manifest, VerifyOptions(timeout=60)).dags[0].notes == ()
    text = (flows / file).read_text()
    (flows / file).write_text(text.replace(old, new))
    (report,) = verify(dags, flows, manifest, VerifyOptions(timeout=60)).dags
    (note,) = report.notes
    assert report.verdict == verdict
    assert note.startswith(f"edited since it was converted: {file};")


def converted(dags: Path, flows: Path):
    made = convert_input(read_input([dags]))
    for path, data in made.outputs.items():
        (flows / path).write_bytes(data)
    return manifests.build({}, made.outputs, "", to_json(made.files))
