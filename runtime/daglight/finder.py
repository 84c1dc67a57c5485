"""Makes `import airflow` mean daglight, in a process that was started for it and in no other."""

from __future__ import annotations

import importlib
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any

from daglight.names import NAMES
from daglight.old_modules import is_provided
from daglight.placeholder import placeholder
from daglight.scope import scope

if TYPE_CHECKING:
    from importlib.abc import Loader, MetaPathFinder
else:
    # The import system asks for no base classes, and `importlib.abc` is slow to import.
    Loader = MetaPathFinder = object

__all__ = ["install"]

_VERSIONS = {2: "2.11.2", 3: "3.3.2"}


def install(version: int) -> None:
    """From now on `airflow` is daglight; `pendulum` is a stand-in where there is none."""
    scope.emulate(version)
    if not any(isinstance(finder, _Airflow) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Airflow())
        sys.meta_path.append(_Pendulum())


class _Airflow(Loader):
    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if fullname.partition(".")[0] != "airflow":
            return None
        if fullname.startswith(("airflow.exceptions.", "airflow.sdk.exceptions.")):
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        if not scope.airflow_3 and f"{fullname}.".startswith("airflow.sdk."):
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        if module.__name__ == "airflow":
            module.__version__ = _VERSIONS[scope.version]  # type: ignore[attr-defined]


class _Module(ModuleType):
    """A module of Airflow: names are looked up when they are asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = self._find(name)
        setattr(self, name, found)
        return found

    def _find(self, name: str) -> Any:
        where = NAMES.get(self.__name__, {}).get(name)
        if where is not None:
            module, _, attribute = where.partition(":")
            loaded = importlib.import_module(module)
            return getattr(loaded, attribute) if attribute else loaded
        if self.__name__ in ("airflow.exceptions", "airflow.sdk.exceptions"):
            return getattr(importlib.import_module("daglight.exceptions"), name)
        full = f"{self.__name__}.{name}"
        if any(
            known == full or known.startswith(f"{full}.")
            for known in (*NAMES, "airflow.exceptions")
        ):
            return importlib.import_module(full)
        if "triggers" in self.__name__.split(".") and name.endswith("Trigger"):
            from daglight.partitions import kept

            return kept(name)  # deferring to one is refused
        if is_provided(self.__name__) and self.__name__ not in NAMES:
            from daglight.provided import stand_in

            return stand_in(name) or placeholder(full)
        return placeholder(full)


class _Pendulum(MetaPathFinder):
    """Asked last, so an installed pendulum is used as it is."""

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if fullname != "pendulum":
            return None
        return ModuleSpec(fullname, _Alias())


class _Alias(Loader):
    def create_module(self, _: ModuleSpec) -> ModuleType:
        return importlib.import_module("daglight.pendulum_stand_in")

    def exec_module(self, module: ModuleType) -> None:
        sys.modules["pendulum"] = module
