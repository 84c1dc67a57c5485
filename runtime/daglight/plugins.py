"""Plugins: what modules of the `plugins/` folder add to `macros`.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/plugins.html;
every module of the folder is loaded, and the folder is on `sys.path`. The folder is `plugins` beside
the DAG file or beside its folder.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

from daglight.errors import LoadError, Place

__all__ = ["AirflowPlugin", "load_plugins", "plugin_macros"]

#: Plugin name -> what stands under `macros.<name>`.
plugin_macros: dict[str, SimpleNamespace] = {}


class AirflowPlugin:
    """A user's plugin; only `macros` change what a run does, the rest is the web server's."""

    name: str | None = None
    macros: ClassVar[list[Any]] = []
    _all: ClassVar[list[type[AirflowPlugin]]] = []

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        AirflowPlugin._all.append(cls)


def load_plugins(dag_file: str) -> None:
    """Load the modules of the plugins folder; LoadError when one of them does not."""
    AirflowPlugin._all.clear()
    plugin_macros.clear()
    for folder in _folders(Path(dag_file).resolve().parent):
        if str(folder) not in sys.path:
            sys.path.append(str(folder))
        for path in sorted(folder.rglob("*.py")):
            _load(path)
    for plugin in AirflowPlugin._all:
        if plugin.name:
            found = {getattr(macro, "__name__", str(macro)): macro for macro in plugin.macros}
            plugin_macros[plugin.name] = SimpleNamespace(**found)


def _folders(dags: Path) -> Iterator[Path]:
    for folder in (dags / "plugins", dags.parent / "plugins"):
        if folder.is_dir():
            yield folder
            return


def _load(path: Path) -> None:
    """Load one module, unless it does not mention plugins: it is imported when asked for."""
    if b"AirflowPlugin" not in path.read_bytes():
        return
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise LoadError(f"{type(error).__name__}: {error}", Place(str(path), 1)) from error
