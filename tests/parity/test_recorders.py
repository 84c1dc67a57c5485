"""The files that run inside other environments: what they may use, and what they write."""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import enum
import importlib.util
import sys
import uuid
from decimal import Decimal
from pathlib import Path, PurePosixPath

import daglight.encode
import flowlight.encode
import pytest
from dagferry.parity.worker import RECORDERS

FILES = sorted(path.name for path in RECORDERS.glob("*.py") if path.name != "__init__.py")


def tree(name: str) -> ast.Module:
    oldest = (3, 9) if name.startswith("prefect") else (3, 8)
    return ast.parse((RECORDERS / name).read_text(), feature_version=oldest)


@pytest.mark.parametrize("name", FILES)
def test_a_recorder_reads_as_old_python_and_imports_the_standard_library_only(name):
    imports = {
        name.partition(".")[0]
        for node in ast.walk(tree(name))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else _names(node))
    }
    assert imports <= sys.stdlib_module_names | {"__future__"}


def _names(node: ast.Import) -> list[str]:
    return [alias.name for alias in node.names]


@dataclasses.dataclass
class Point:
    x: int
    label: str


class Colour(enum.Enum):
    RED = "red"


VALUES = [
    None,
    True,
    7,
    1.5,
    float("nan"),
    "text",
    ("a", 1),
    {"a": {1, 2}},
    {1: "one", ("t",): 2},
    b"\x00\xff",
    dt.datetime(2024, 1, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=2))),
    dt.datetime(2024, 1, 1),
    dt.date(2024, 1, 1),
    dt.time(1, 2, 3),
    dt.timedelta(seconds=1.5),
    Decimal("1.50"),
    uuid.UUID(int=5),
    PurePosixPath("a/b"),
    Colour.RED,
    Point(1, "p"),
    object(),
]


@pytest.mark.parametrize("name", ["airflow_recorder.py", "prefect_recorder.py"])
def test_every_engine_encodes_values_alike(name):
    spec = importlib.util.spec_from_file_location(Path(name).stem, RECORDERS / name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for value in VALUES:
        found = module.encode(value)
        assert found == daglight.encode.encode(value) == flowlight.encode.encode(value)
