"""Lets `import prefect` mean flowlight, in a process that was started for it and in no other.

The modules are made from the table in `surface.py`. Each is a package without files, so that every
import of something that is not in the table comes by here and gets a plain answer.
"""

from __future__ import annotations

import importlib
import importlib.machinery
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

from flowlight.refused_settings import refuse_settings
from flowlight.renamed import advice
from flowlight.runtime_context import FACTS, deployment_value, flow_run_value, task_run_value
from flowlight.setting_files import settings_in_files
from flowlight.settings import take_from_files
from flowlight.stand_ins import imported_by_an_integration, stand_in
from flowlight.surface import SURFACE, VERSION

if TYPE_CHECKING:
    from importlib.abc import Loader
else:
    # The import system asks for no base class, and `importlib.abc` is slow to import.
    Loader = object

__all__ = ["install"]

_DYNAMIC: dict[str, Callable[[str], Any]] = {
    "prefect.runtime.deployment": deployment_value,
    "prefect.runtime.flow_run": flow_run_value,
    "prefect.runtime.task_run": task_run_value,
}


_ROOTS = frozenset(["prefect", "prefect_dask"])


def _root(name: str) -> str:
    return name.partition(".")[0]


def install() -> None:
    """From now on, `prefect` is flowlight in this process; `UserError` for settings it lacks."""
    refuse_settings()
    take_from_files({name: text for name, (_, text) in settings_in_files().items()})
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        for name in [n for n in sys.modules if _root(n) in _ROOTS]:
            del sys.modules[name]
        sys.meta_path.insert(0, _Finder())


class _Finder(Loader):
    """Finds and loads every module of the name `prefect`."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002  # the protocol of the import system
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        if _root(fullname) not in _ROOTS:
            return None
        if fullname in SURFACE:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        parent, _, name = fullname.rpartition(".")
        if parent in _DYNAMIC:
            return None
        if imported_by_an_integration():
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        raise ImportError(_missing(parent, name), name=fullname)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        for source, names in SURFACE.get(name, {}).items():
            origin = importlib.import_module(source)
            vars(module).update({each: getattr(origin, each) for each in names.split()})
        if name == "prefect":
            vars(module)["__version__"] = VERSION


class _Module(ModuleType):
    """A module whose missing names and submodules are looked for in the table."""

    def __getattr__(self, name: str) -> Any:
        if self.__name__ in _DYNAMIC and not name.startswith("__"):
            return _DYNAMIC[self.__name__](name)
        full = f"{self.__name__}.{name}"
        if full in SURFACE:
            return importlib.import_module(full)
        if not name.startswith("__") and imported_by_an_integration():
            return stand_in(self.__name__, name)
        raise AttributeError(_missing(self.__name__, name))

    def __dir__(self) -> list[str]:
        if self.__name__ in _DYNAMIC:
            return sorted(FACTS[self.__name__.rpartition(".")[2]])
        return sorted(super().__dir__())


def _missing(module: str, name: str) -> str:
    found = advice(f"{module}.{name}")
    if found is not None:
        return f"flowlight has no {name!r} in {module!r}: {found}"
    return (
        f"flowlight has no {name!r} in {module!r}: it covers a part of Prefect's API;"
        " run this file on Prefect itself, or without that name"
    )
