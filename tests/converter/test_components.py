"""Which files of a folder may be converted apart from each other."""

from __future__ import annotations

import pytest
from dagferry.source.components import components, imported_words, shares

HELPER = "def helper(): ..."


@pytest.mark.parametrize(
    "text",
    [
        "from common.ops import helper",
        "import common.ops",
        "import os, common.ops as o",
        "from common import (  # (why)\n    ops,\n)",
        "from common import (\n    other,  # not (this)\n    ops,\n)",
        "from common \\\n    import other, \\\n    ops",
        "if x:\n    import a; from common import ops",
        "try:\n    from .common import ops\nexcept ImportError: pass",
    ],
)
def test_a_file_belongs_to_what_it_imports(text: str) -> None:
    parts = components({"dag.py": text, "common/ops.py": HELPER, "apart.py": "x = 1"})
    assert frozenset({"dag.py", "common/ops.py"}) in parts
    assert frozenset({"apart.py"}) in parts


def test_a_package_that_does_something_holds_its_modules_together() -> None:
    files = {
        "a/__init__.py": "X = 1",
        "a/b.py": "",
        "a/c.py": "",
        "d/__init__.py": "",
        "d/e.py": "",
    }
    parts = components(files)
    assert frozenset({"a/__init__.py", "a/b.py", "a/c.py"}) in parts
    assert frozenset({"d/e.py"}) in parts


def test_words_of_airflows_own_modules_do_not_count() -> None:
    assert imported_words("from airflow.operators.bash import BashOperator") == set()


def test_shares_hold_every_file_once() -> None:
    files = {f"f{n}.py": "x" * n for n in range(1, 20)}
    dealt = shares(components(files), files, 3)
    assert sorted(path for share in dealt for path in share) == sorted(files)
    sizes = [sum(len(files[path]) for path in share) for share in dealt]
    assert max(sizes) - min(sizes) <= 3
