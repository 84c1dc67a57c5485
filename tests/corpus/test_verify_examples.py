"""The example DAGs that are not `manual` are run on both sides: none may come out different."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from corpus_folders import Converted

pytestmark = pytest.mark.corpus

# It sleeps for 20 and for 30 seconds.
SLEEPS = "example_sla_dag.py"


def test_no_example_that_is_converted_comes_out_different(
    converted: Converted, tmp_path: Path
) -> None:
    wanted = {
        (record.path, dag.dag_id)
        for record in converted.conversion.files
        for dag in record.dags
        # The id of a family is a pattern; verify says which ids the DAGs have.
        if dag.grade != "manual" and record.path != SLEEPS and not dag.family
    }
    for path in {path for path, _ in wanted}:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(converted.folder / path, tmp_path / path)
    command = [sys.executable, "-m", "dagferry", "verify", str(tmp_path), "--format", "json"]
    done = subprocess.run([*command, "--jobs", "2"], capture_output=True, text=True)
    dags = [d for d in json.loads(done.stdout)["dags"] if (d["path"], d["dag_id"]) in wanted]
    assert len(dags) == len(wanted)
    assert [dag for dag in dags if dag["verdict"] == "different"] == []
    assert sum(dag["verdict"] == "equal" for dag in dags) >= len(wanted) // 2
