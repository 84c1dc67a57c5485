"""What Airflow's objects have and daglight's have not is refused by name, not merely missing.

The names are recorded from Airflow 2.11.2 and 3.3.2 (`tests/daglight/record_attributes.py`); a name
that the emulated version does not have raises AttributeError, as there. A refusal stands in the
class by its name: with a `__getattr__`, Python would take the long way to every attribute.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from daglight.errors import NotSupported
from daglight.scope import scope

__all__ = ["has_name", "is_refused", "known_as", "until_3"]

_Kind = TypeVar("_Kind", bound=type)


@cache
def _recorded(version: int) -> dict[str, frozenset[str]]:
    path = Path(__file__).with_name("attributes.json")
    found = json.loads(path.read_text(encoding="utf-8"))[str(version)]["names"]
    return {kind: frozenset(names) for kind, names in found.items()}


def has_name(kind: str, name: str) -> bool:
    """Whether such an object has that attribute in the emulated version of Airflow."""
    return name in _recorded(scope.version)[kind]


def known_as(kind: str) -> Callable[[_Kind], _Kind]:
    """Lets a class refuse what Airflow's class of that name has and it has not.

    What the class declares (`name: type`) its objects have from `__init__` on.
    """

    def complete(made: _Kind) -> _Kind:
        for name, value in list(vars(made).items()):
            if isinstance(value, until_3):
                setattr(made, name, until_3(value.read, _Missing(made, kind, name)))
        own = {name for one in made.__mro__ for name in (*vars(one), *_declared(one))}
        for name in sorted((_recorded(2)[kind] | _recorded(3)[kind]) - own):
            setattr(made, name, _Missing(made, kind, name))
        return made

    return complete


def _declared(kind: type) -> dict[str, Any]:
    return dict(vars(kind).get("__annotations__", {}))


def is_refused(kind: type, name: str) -> bool:
    """Whether objects of the class refuse that attribute in some version; nothing is refused here."""
    found = next((vars(one)[name] for one in kind.__mro__ if name in vars(one)), None)
    return isinstance(found, _Missing)


class _Missing:
    """Stands in a class for an attribute that it lacks; what an object holds itself comes first."""

    def __init__(self, home: type, kind: str, name: str) -> None:
        self._home, self._kind, self._name = home, kind, name

    def __get__(self, owner: Any, kind: Any) -> Any:
        if has_name(self._kind, self._name):
            raise NotSupported(f"{self._kind}.{self._name}")
        try:
            # What a class of the user's has from another base.
            return getattr(super(self._home, kind if owner is None else owner), self._name)
        except AttributeError:
            what = "type object {!r}" if owner is None else "{!r} object"
            raise AttributeError(
                f"{what.format(kind.__name__)} has no attribute {self._name!r}",
                name=self._name,
                obj=kind if owner is None else owner,
            ) from None


class until_3(property):  # noqa: N801 - a kind of property
    """A property that Airflow 3 does not have."""

    def __init__(self, getter: Callable[[Any], Any], missing: _Missing | None = None) -> None:
        self.read = getter

        def get(owner: Any) -> Any:
            if scope.airflow_3:
                assert missing is not None, "the class is decorated with `known_as`"
                return missing.__get__(owner, type(owner))
            return getter(owner)

        super().__init__(get, doc=getter.__doc__)
