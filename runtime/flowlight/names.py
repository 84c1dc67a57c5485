"""Names of runs: given by a template or a function, else made up.

https://docs.prefect.io/v3/how-to-guides/workflows/custom-metadata
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flowlight.errors import InvalidNameError

__all__ = ["RunName", "check_name", "check_run_name", "made_up", "of_flow_run", "of_task_run"]

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


def check_name(name: Any) -> str | None:
    """The name of a flow, when it is text and holds no character that Prefect forbids."""
    if name is None:
        return None
    if not isinstance(name, str):
        hint = "Perhaps you meant to call it? e.g. '@flow(name=get_flow_run_name())'"
        raise TypeError(
            f"Expected string for flow parameter 'name'; got {type(name).__name__} instead."
            f" {hint if callable(name) else ''}"
        )
    if not name or any(sign in name for sign in _FORBIDDEN):
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


def of_task_run(value: RunName, parameters: Mapping[str, Any]) -> str:
    """The name that a template or a function gives; a function may take `parameters`."""
    if isinstance(value, str):
        return value.format(**parameters)
    import inspect  # slow to import

    takes = "parameters" in inspect.signature(value).parameters
    called = value(parameters=dict(parameters)) if takes else value()
    return _text("task_run_name", value, called)


def of_flow_run(value: RunName, parameters: Mapping[str, Any]) -> str:
    """The name that a template or a function gives; a function is given no arguments."""
    if isinstance(value, str):
        return value.format(**parameters)
    return _text("flow_run_name", value, value())


def _text(option: str, value: Any, name: Any) -> str:
    if not isinstance(name, str):
        raise TypeError(
            f"Callable {value} for '{option}' returned type {type(name).__name__} but a string is"
            " required."
        )
    return name
