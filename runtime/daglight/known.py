"""What Airflow's objects have and daglight's have not is refused by name, not merely missing.

The names are recorded from Airflow 2.11.2 and 3.3.2 (`tests/daglight/record_attributes.py`); a name
that the emulated version does not have raises AttributeError, as there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from daglight.errors import NotSupported
from daglight.scope import scope

__all__ = ["Known", "KnownMeta", "has_name", "until_3"]


@cache
def _recorded(version: int) -> dict[str, frozenset[str]]:
    path = Path(__file__).with_name("attributes.json")
    found = json.loads(path.read_text(encoding="utf-8"))[str(version)]["names"]
    return {kind: frozenset(names) for kind, names in found.items()}


def has_name(kind: str, name: str) -> bool:
    """Whether such an object has that attribute in the emulated version of Airflow."""
    return name[:1] != "_" and name in _recorded(scope.version)[kind]


class KnownMeta(type):
    """Classes whose class methods are refused as well: `DagRun.find(...)`."""

    _known_as: str

    if not TYPE_CHECKING:

        def __getattr__(cls, name: str) -> Any:
            if name[:1] != "_" and has_name(cls._known_as, name):
                raise NotSupported(f"{cls._known_as}.{name}")
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")


class Known(metaclass=KnownMeta):
    """An object of Airflow's, by the name under which its attributes are recorded."""

    _known_as: ClassVar[str]
    #: The name of its class in Airflow 3, where that is another.
    _called_in_3: ClassVar[str | None] = None

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name[:1] != "_" and has_name(self._known_as, name):
                raise NotSupported(f"{self._known_as}.{name}")
            called = (scope.airflow_3 and self._called_in_3) or type(self).__name__
            raise AttributeError(
                f"{called!r} object has no attribute {name!r}", name=name, obj=self
            )


class until_3(property):  # noqa: N801 - a kind of property
    """A property that Airflow 3 does not have."""

    def __init__(self, getter: Callable[[Any], Any]) -> None:
        def get(owner: Any) -> Any:
            if scope.airflow_3:
                raise AttributeError(getter.__name__)
            return getter(owner)

        super().__init__(get, doc=getter.__doc__)
