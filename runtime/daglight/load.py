"""Loads a DAG file and finds its DAGs as Airflow's DagBag does.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#loading-dags:
DAGs at the top level of the module, and DAGs made under `with` or by `@dag` wherever that
happened.
"""

from __future__ import annotations

import ast
import importlib.util
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from daglight.errors import LoadError, Place, UsageError
from daglight.finder import install
from daglight.params import check_schedulable
from daglight.plugins import load_plugins
from daglight.schedule import check_schedule
from daglight.scope import scope

if TYPE_CHECKING:
    from daglight.dag import DAG

__all__ = ["infer_version", "load_dags", "pick_dag"]

_HERE = str(Path(__file__).parent)


def load_dags(path: str, *, version: int) -> list[DAG]:
    """The DAGs of the file; LoadError when it does not load, UsageError without it."""
    if not Path(path).is_file():
        raise UsageError(f"{path}: there is no such file")
    install(version)
    scope.registered.clear()
    folder = str(Path(path).resolve().parent)
    if folder not in sys.path[:1]:
        sys.path.insert(0, folder)
    load_plugins(path)
    module = _execute(path)
    try:
        return _checked(module)
    except Exception as error:
        raise LoadError(f"{type(error).__name__}: {error}", None) from error


def pick_dag(dags: list[DAG], dag_id: str | None, path: str) -> DAG:
    """The DAG of that id, or the only one; UsageError names the ids there are."""
    ids = ", ".join(dag.dag_id for dag in dags) or "none"
    found = [dag for dag in dags if dag_id in (None, dag.dag_id)]
    if len(found) == 1:
        return found[0]
    if dag_id is None:
        raise UsageError(f"{path}: expected one DAG, or a DAG_ID to choose; found: {ids}")
    raise UsageError(f"{path}: there is no DAG {dag_id}; found: {ids}")


def infer_version(path: str) -> int:
    """3 when the file imports what only Airflow 3 has, else 2."""
    try:
        tree = ast.parse(Path(path).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return 2
    for node in ast.walk(tree):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        if any(name.startswith(("airflow.sdk", "airflow.providers.standard")) for name in names):
            return 3
    return 2


def _execute(path: str) -> ModuleType:
    name = f"dag_file_{Path(path).stem}"
    spec = importlib.util.spec_from_file_location(name, str(Path(path).resolve()))
    if spec is None or spec.loader is None:
        raise UsageError(f"{path}: expected a Python file (.py)")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        place = Place(error.filename or path, error.lineno or 1, error.offset or 0)
        raise LoadError(f"{type(error).__name__}: {error.msg}", place) from error
    except (Exception, SystemExit) as error:
        raise LoadError(f"{type(error).__name__}: {error}", _place(error, path)) from error
    return module


def _checked(module: ModuleType) -> list[DAG]:
    from daglight.dag import DAG

    top_level = [value for value in vars(module).values() if isinstance(value, DAG)]
    found = {dag.dag_id: dag for dag in [*scope.registered, *top_level]}
    for dag in found.values():
        dag.check_cycle()
        check_schedule(dag.schedule)
        check_schedulable(dag)
    return list(found.values())


def _place(error: BaseException, path: str) -> Place | None:
    """The deepest position that is in the user's own files."""
    folder = str(Path(path).resolve().parent)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(folder) and not frame.filename.startswith(_HERE):
            return Place(
                frame.filename, frame.lineno or 1, (getattr(frame, "colno", None) or 0) + 1
            )
    return None
