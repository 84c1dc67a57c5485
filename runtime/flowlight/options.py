"""Options that flowlight does not honour: an error, unless the value means "off"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flowlight.errors import NotSupported

__all__ = [
    "NotSet",
    "check_names",
    "check_others",
    "given",
    "option_names",
    "refuse_options",
    "taken",
]


class NotSet:
    """Marks an option that was not given, where None is a value."""


_OFF: tuple[Any, ...] = (None, False, NotSet)
_ALSO_OFF: dict[str, tuple[Any, ...]] = {
    "asset_deps": ([],),
}


def refuse_options(kind: str, given: Mapping[str, Any]) -> None:
    """`NotSupported` for the first option whose value asks for something."""
    for name, value in given.items():
        off = _OFF + _ALSO_OFF.get(name, ())
        if not any(value is one or (isinstance(one, list) and value == one) for one in off):
            raise NotSupported(
                f"flowlight does not honour {name}={value!r} of @{kind} yet;"
                f" leave it out, or run this file on Prefect itself"
            )


def check_others(kind: str, given: Mapping[str, Any], known: frozenset[str]) -> None:
    """`TypeError` for an option unknown to Prefect, `NotSupported` for one unknown to flowlight."""
    for name in given:
        if name not in known:
            raise TypeError(f"{kind}() got an unexpected keyword argument {name!r}")
    refuse_options(kind, given)


def check_names(kind: str, options: Mapping[str, Any], known: frozenset[str]) -> None:
    """`TypeError` for an option that Prefect has not."""
    for name in options:
        if name not in known:
            raise TypeError(f"{kind} got an unexpected keyword argument {name!r}")


def taken(options: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    """The options of these names, taken out of the others."""
    return {name: options.pop(name) for name in names & options.keys()}


def option_names(method: Callable[..., Any]) -> frozenset[str]:
    """The names of what a method takes, but for its first and for `**others`."""
    code = method.__code__
    return frozenset(code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount])


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that change something: neither None, nor `NotSet`, nor an empty list of hooks."""
    return {
        name: value
        for name, value in options.items()
        if value is not None
        and value is not NotSet
        and not (name.startswith("on_") and value == [])
    }
