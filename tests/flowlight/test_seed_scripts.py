"""Scripts in the manner of tutorials, each run as a whole in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "seed"

PRINTED = {
    "extract_transform_load": """\
written: {'source': 'orders', 'rows': [2, 4, 6], 'doubled': True}
Read Double Write True
""",
    "task_options": """\
Greet Says hello. ['etl', 'production'] 3
[0.001, 0.002, 0.004, 0.008, 0.016]
('hello ann', 'worked') 3
""",
    "flow_options": """\
Nightly 1.0.0 Runs at night.
[False, False]
['c', 'd', 'e']
""",
    "as_many_tasks_as_items": """\
['handled a', 'handled b']
['handled a', 'handled b', 'handled c']
['handled d']
""",
    "results_and_caching": """\
computing 1
computing 2
computing 3
[1, 4, 9, 1, 4, 9]
5 files
""",
    "choice": "in parts: 150\nat once: 50\n",
    "subflows": "1 rows to a_out\n2 rows to bb_out\n3 rows to ccc_out\nin all: 6\n",
    "default_date": "(False, 10) (True, 10)\n",
    "hooks_of_runs": """\
task risky failed
flow failed
FAILED Flow run encountered an exception: ValueError: something is wrong Completed Failed
""",
}

LOGGED = {
    "extract_transform_load": ["reading orders", "doubling 3 rows", "writing to totals"],
    "task_options": ["greeting ann"],
    "flow_options": ["prints are logs"],
    "default_date": ["running for 2024-01-31"],
}


def run(name: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flowlight", str(FOLDER / f"{name}.py")]
    around = {**os.environ, "FLOWLIGHT_HOME": str(folder / "home")}
    return subprocess.run(
        command, capture_output=True, text=True, cwd=folder, check=True, env=around
    )


@pytest.mark.parametrize("name", sorted(PRINTED))
def test_the_script_prints_and_logs_what_it_should(name: str, tmp_path: Path) -> None:
    done = run(name, tmp_path)
    assert done.stdout == PRINTED[name]
    for text in LOGGED.get(name, []):
        assert text in done.stderr


def test_every_script_is_run() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} == set(PRINTED)
