"""Names of runs: given by a template or a function, else made up.

https://docs.prefect.io/v3/how-to-guides/workflows/custom-metadata
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from flowlight.errors import InvalidNameError

__all__ = ["RunName", "check_name", "check_run_name", "made_up", "render"]

RunName = str | Callable[..., str]

_FORBIDDEN = ["/", "%", "&", ">", "<"]
_ADJECTIVES = [
    "amber",
    "brisk",
    "calm",
    "daring",
    "eager",
    "fine",
    "gentle",
    "humble",
    "idle",
    "jolly",
    "keen",
    "lively",
    "merry",
    "noble",
]
_ANIMALS = [
    "badger",
    "cod",
    "dove",
    "egret",
    "finch",
    "gecko",
    "heron",
    "ibis",
    "jay",
    "koala",
    "lynx",
    "marten",
    "newt",
    "otter",
]


def check_name(name: str) -> str:
    """The name of a flow, when it holds no character that Prefect forbids."""
    if any(sign in name for sign in _FORBIDDEN):
        raise InvalidNameError(
            f"Name {name!r} contains an invalid character. Must not contain any of: {_FORBIDDEN}."
        )
    return name


def check_run_name(option: str, value: RunName | None) -> RunName | None:
    """The option's value, when it is text or a function."""
    if value is not None and not isinstance(value, str) and not callable(value):
        raise TypeError(
            f"Expected string or callable for '{option}'; got {type(value).__name__} instead."
        )
    return value


def made_up() -> str:
    """An adjective and an animal, as Prefect names flow runs."""
    import random  # slow to import: it brings OpenSSL

    return f"{random.choice(_ADJECTIVES)}-{random.choice(_ANIMALS)}"  # noqa: S311  # no secret


def render(option: str, value: RunName, parameters: Mapping[str, Any]) -> str:
    """The name that a template or a function gives for these parameters."""
    if isinstance(value, str):
        return value.format(**parameters)
    takes = "parameters" in inspect.signature(value).parameters
    name = value(parameters=dict(parameters)) if takes else value()
    if not isinstance(name, str):
        raise TypeError(
            f"Callable {value} for '{option}' returned type {type(name).__name__} but a string is"
            " required."
        )
    return name
