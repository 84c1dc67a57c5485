"""daglight starts without what it does not need, and `import airflow` means it only where asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

RUNTIME = Path(__file__).parents[2] / "runtime"
BLOCK = """
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ImportError("blocked: " + name)
sys.meta_path.insert(0, Block())
"""
DAG = """
from datetime import datetime
from airflow import DAG
from airflow.decorators import task
from airflow.operators.bash import BashOperator
with DAG("d", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    BashOperator(task_id="a", bash_command="echo x")
    task(lambda: 1).override(task_id="b")()
"""


def python(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(RUNTIME)}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "names", [("libcst", "networkx", "click", "rich", "pydantic", "yaml"), ("jinja2", "croniter")]
)
def test_a_dag_without_templates_runs_without_other_packages(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    (tmp_path / "dag.py").write_text(DAG)
    run = "from daglight.__main__ import main\nsys.exit(main(['run', 'dag.py']))"
    done = python(BLOCK.format(names=names) + run, tmp_path)
    assert done.stderr == ""
    assert done.returncode == 0


def test_importing_daglight_imports_little(tmp_path: Path) -> None:
    code = "import daglight, sys; print(sorted(n for n in sys.modules if n.startswith('daglight')))"
    assert python(code, tmp_path).stdout == "['daglight']\n"


def test_airflow_is_not_importable_outside(tmp_path: Path) -> None:
    code = "import daglight.session\ntry:\n    import airflow\nexcept ImportError:\n    print('no')"
    assert python(code, tmp_path).stdout == "no\n"
