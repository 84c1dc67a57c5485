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
from types import SimpleNamespace

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
    {"$type": "date", "value": "no date"},
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


def loaded(name):
    spec = importlib.util.spec_from_file_location(Path(name).stem, RECORDERS / name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["airflow_recorder.py", "prefect_recorder.py"])
def test_every_engine_encodes_values_alike(name):
    module = loaded(name)
    for value in VALUES:
        found = module.encode(value)
        assert found == daglight.encode.encode(value) == flowlight.encode.encode(value)


def test_a_run_stands_behind_those_it_needs_whatever_their_ids_say():
    first, second, third = (uuid.UUID(int=number) for number in (3, 1, 2))
    needs = {first: [], second: [first], third: [second, first]}
    engines = {
        run_id: SimpleNamespace(
            task_run=SimpleNamespace(
                task_inputs={
                    "x": [SimpleNamespace(id=one) for one in given],
                    "__parents__": [SimpleNamespace(id=third)],
                    "constant": [SimpleNamespace(type="constant")],
                }
            )
        )
        for run_id, given in needs.items()
    }
    in_order = loaded("prefect_recorder.py").in_order
    assert in_order(engines) == [first, second, third]
