"""No module of the converter imports itself by way of others, not even for its types."""

from __future__ import annotations

import subprocess
import sys

import grimp
import networkx as nx
import pytest


def cycles(package: str) -> list[list[str]]:
    """The modules that import each other, imports below `if TYPE_CHECKING` included."""
    graph = grimp.build_graph(package, cache_dir=None, exclude_type_checking_imports=False)
    modules = sorted(graph.modules)
    imports = nx.DiGraph(
        (one, other) for one in modules for other in graph.find_modules_directly_imported_by(one)
    )
    return [sorted(found) for found in nx.strongly_connected_components(imports) if len(found) > 1]


def test_no_module_imports_itself() -> None:
    assert cycles("dagferry") == []


def test_a_cycle_of_types_is_found(tmp_path, monkeypatch) -> None:
    package = tmp_path / "round"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "one.py").write_text("import round.other\n")
    (package / "other.py").write_text(
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import round.one\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert cycles("round") == [["round.one", "round.other"]]


@pytest.mark.parametrize(
    "code",
    ["import dagferry", "from dagferry.cli import run; run(['--help'])"],
    ids=["import", "help"],
)
def test_libcst_is_not_loaded_before_it_is_needed(code: str) -> None:
    asked = f"import sys; {code}; sys.exit('libcst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
