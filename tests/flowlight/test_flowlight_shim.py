from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from flowlight.surface import SURFACE

BLOCKED = """
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"libcst", "networkx", "click", "pydantic", "jinja2", "rich"}:
            raise ImportError("blocked: " + name)

sys.meta_path.insert(0, Blocker())
"""


def run_python(source: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script with `prefect` meaning flowlight."""
    script = folder / "script.py"
    script.write_text(source, encoding="utf-8")
    command = [sys.executable, "-W", "error", "-m", "flowlight", str(script)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("module", sorted(SURFACE))
def test_every_module_of_the_table_can_be_imported_with_all_its_names(
    module: str, tmp_path: Path
) -> None:
    names = [name for each in SURFACE[module].values() for name in each.split()]
    lines = [f"from {module} import {name}" for name in names] or [f"import {module}"]
    done = run_python("\n".join(lines), tmp_path)
    assert done.returncode == 0, done.stderr


MISSING = [
    "from prefect import get_client",
    "from prefect.states import Nonsense",
    "import prefect.blocks.webhook",
    "from prefect.blocks.notifications import SlackWebhook",
    "from prefect.cache_policies import NONSENSE",
    "import prefect; prefect.get_client",
]


@pytest.mark.parametrize("line", MISSING)
def test_a_name_that_flowlight_has_not_is_said_plainly(line: str, tmp_path: Path) -> None:
    done = run_python(line, tmp_path)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(("ImportError: flowlight has no", "AttributeError: flowlight has no"))


def test_prefect_means_nothing_outside_of_the_child_process() -> None:
    check = "import flowlight, sys; assert 'prefect' not in sys.modules; import prefect"
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, timeout=60, check=False
    )
    assert "ModuleNotFoundError: No module named 'prefect'" in done.stderr


def test_flowlight_runs_without_the_libraries_of_the_converter(tmp_path: Path) -> None:
    source = BLOCKED + (
        "import flowlight\n"
        "from flowlight import flow, task\n"
        "import flowlight.__main__, flowlight.trace.__main__, flowlight.shim\n"
        "one = task(lambda: 1)\n"
        "print(flow(lambda: one.submit().result())())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "1\n", done.stderr


def test_the_public_names_are_sorted() -> None:
    import flowlight

    assert flowlight.__all__ == sorted(flowlight.__all__)
    assert all(hasattr(flowlight, name) for name in flowlight.__all__)
