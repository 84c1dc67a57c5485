"""`import_flows.py FOLDER FILE...`: imports converted files with `prefect` meaning flowlight.

Prints, as JSON, for each file the names of its flows by attribute, or the error that importing it gave.
Modules that are not installed are stood in for: what the files import of others is not what is tested.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar
from unittest.mock import MagicMock

from flowlight import shim
from flowlight.loading import flows_in, load


class StandIn(ModuleType):
    """A module of which every name exists."""

    __path__: ClassVar[list[str]] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return MagicMock(name=f"{self.__name__}.{name}")


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The last finder asked: what the files import and no other found is stood in for."""

    def __init__(self, roots: set[str]) -> None:
        self.roots = roots

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] not in self.roots:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


def outcome(file: str) -> dict[str, Any]:
    try:
        found = flows_in(load(Path(file)))
    except BaseException as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"flows": {attribute: flow.name for attribute, flow in found.items()}}


def imported_by(files: list[str]) -> set[str]:
    """The packages that the files import; those that such a package may itself do without are not."""
    roots = set()
    for file in files:
        for node in ast.walk(ast.parse(Path(file).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                roots |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                roots.add(node.module.partition(".")[0])
    return roots - {"airflow", "dagferry"}


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    sys.path.insert(0, sys.argv[1])
    shim.install()
    sys.meta_path.append(Finder(imported_by(sys.argv[2:])))
    print(json.dumps({file: outcome(file) for file in sys.argv[2:]}))  # noqa: T201 - a script
