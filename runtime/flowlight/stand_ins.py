"""Names of Prefect that its integrations import and flowlight has not: stand-ins that raise.

A package such as prefect-aws imports its worker, and so the base class of workers, together with its
blocks. The blocks work here; a stand-in raises `NotSupported`, which names it, when it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from flowlight.errors import NotSupported

__all__ = ["imported_by_an_integration", "stand_in"]

# They decorate when a module is imported: the function stays as it is.
_DECORATORS = frozenset(["register_hook"])
# They are called when a module is imported, and give a decorator.
_FACTORIES = frozenset(["retry_async_fn"])
_INTERNAL = ("importlib", "_frozen_importlib", "flowlight.shim", "flowlight.stand_ins")


def imported_by_an_integration() -> bool:
    """Whether the import that goes on stands in a package `prefect_...`."""
    frame: Any = sys._getframe(1)
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if not name.startswith(_INTERNAL):
            return name.startswith("prefect_")
        frame = frame.f_back
    return False


def stand_in(module: str, name: str) -> Any:
    """What an integration is given for a name: a class, or a decorator that does nothing."""
    if name in _DECORATORS:
        return _same
    if name in _FACTORIES:
        return _factory
    return type(name, (_StandIn,), {"__module__": module})


class _StandIn:
    """A class that may be named and subclassed; an instance is an error."""

    def __new__(cls, *_: Any, **__: Any) -> _StandIn:
        """`NotSupported`, with the name of Prefect."""
        base = next(each for each in cls.__mro__ if _StandIn in each.__bases__)
        raise NotSupported(
            f"flowlight has no {base.__module__}.{base.__qualname__}, which {cls.__module__} needs"
            " here: use what of that package needs no worker and no server, or run this file on"
            " Prefect itself"
        )

    def __class_getitem__(cls, _: Any) -> type[_StandIn]:
        return cls

    def __init_subclass__(cls, **_: Any) -> None:
        super().__init_subclass__()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """As the type of a field: there is no value of it."""
        from pydantic_core import core_schema

        return core_schema.any_schema()


def _same(fn: Any) -> Any:
    return fn


def _factory(*_: Any, **__: Any) -> Callable[[Any], Any]:
    return _same
