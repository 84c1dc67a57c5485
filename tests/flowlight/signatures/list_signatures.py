"""Prints a line for every function, class and method of a list of names, with its parameters.

Usage: list_signatures.py FILE, whose lines are `module name`. It runs on whatever `prefect` means.
Stdlib only: it runs in Prefect's environment too. `*` marks parameters of any name.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_OURS = ("prefect", "flowlight")
_SPECIAL = ("__call__", "__enter__", "__aenter__")


def parameters(call: Any) -> list[str] | None:
    """The names of the parameters; None for what has no signature."""
    try:
        found = inspect.signature(call).parameters.values()
    except (TypeError, ValueError):
        return None
    several = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    return ["*" if each.kind in several else each.name for each in found]


def methods(cls: type) -> Iterator[tuple[str, Any]]:
    """The public methods that the engine itself defines, without those that pydantic knows."""
    for name in dir(cls):
        owner = next((base for base in cls.__mro__ if name in vars(base)), object)
        public = not name.startswith(("_", "model_")) or name in _SPECIAL
        if (
            public
            and name not in _of_pydantic(cls)
            and owner.__module__.startswith(_OURS)
            and callable(getattr(cls, name))
        ):
            yield name, getattr(cls, name)


def _of_pydantic(cls: type) -> set[str]:
    """The validators and serializers of a model: how it checks its fields, called by pydantic."""
    decorators = getattr(cls, "__pydantic_decorators__", None)
    groups = ("validators", "field_validators", "model_validators", "root_validators")
    serializers = ("field_serializers", "model_serializers")
    return {name for group in groups + serializers for name in getattr(decorators, group, ())}


def lines(module: str, name: str) -> Iterator[str]:
    """The lines of one name; none when it is not there."""
    try:
        value = getattr(importlib.import_module(module), name, None)
    except ImportError:  # or an error of Prefect's that is one: the name was given up
        return
    except Exception as error:
        if "has been removed" not in str(error):
            raise
        return
    if not callable(value):
        return
    yield _line(f"{module}.{name}", value)
    if inspect.isclass(value):
        for method, call in methods(value):
            yield _line(f"{module}.{name}.{method}", call)


def _line(name: str, call: Any) -> str:
    found = parameters(call)
    return f"{name}(?)" if found is None else f"{name}({', '.join(dict.fromkeys(found))})"


def main(names: str) -> None:
    """Print the lines of all names."""
    for line in Path(names).read_text(encoding="utf-8").splitlines():
        module, name = line.split()
        for each in lines(module, name):
            sys.stdout.write(f"{each}\n")


if __name__ == "__main__":
    main(sys.argv[1])
