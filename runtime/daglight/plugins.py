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

from daglight.errors import unsupported_uses

__all__ = ["AirflowPlugin", "broken_plugins", "load_plugins", "plugin_macros"]

#: Plugin name -> what stands under `macros.<name>`.
plugin_macros: dict[str, SimpleNamespace] = {}
#: What there is to say of plugins that did not load.
broken_plugins: list[str] = []


class AirflowPlugin:
    """A user's plugin; only `macros` change what a run does, the rest is the web server's."""

    name: str | None = None
    macros: ClassVar[list[Any]] = []
    _all: ClassVar[list[type[AirflowPlugin]]] = []

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        AirflowPlugin._all.append(cls)


def load_plugins(dag_file: str) -> None:
    """Load the modules of the plugins folder; one that does not load is left out, as in Airflow."""
    AirflowPlugin._all.clear()
    broken_plugins.clear()
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
    refused = len(unsupported_uses)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[path.stem]
        del unsupported_uses[refused:]  # a DAG that needs the plugin fails for want of it
        broken_plugins.append(f"the plugin {path.name} was left out: {error}")
