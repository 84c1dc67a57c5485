"""What recorded calls give: a YAML file of task id, operator or `Hook.method` -> what to give.

Each is an object of `value`, `xcoms` (by key) and `raise` (as `Type: message`), as in
`PostgresHook.get_records: {value: [[1, 2]]}`.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from daglight import exceptions
from daglight.errors import UsageError

__all__ = ["NO_STUB", "Stub", "check_names", "load_stubs"]

_WORDS = {"value", "xcoms", "raise"}


@dataclass(frozen=True)
class Stub:
    """A value, further XComs by key, or an error as `Type: message`."""

    value: Any = None
    xcoms: Mapping[str, Any] = field(default_factory=dict)
    error: str | None = None

    def fail(self) -> None:
        """Raise the error, if there is one, as the exception of that name."""
        if self.error is None:
            return
        name, colon, message = self.error.partition(":")
        if not colon:
            raise exceptions.AirflowException(self.error)
        raise _exception(name.strip())(message.strip())


NO_STUB = Stub()


def load_stubs(path: str) -> dict[str, Stub]:
    """The stubs of a file by name; UsageError says what is wrong with it."""
    import yaml

    try:
        found = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"{path}: expected a YAML file of stubs, {error}") from None
    if not isinstance(found, dict):
        raise UsageError(f"{path}: expected stubs by name, found {type(found).__name__}")
    return {str(name): _stub(path, name, given) for name, given in found.items()}


def check_names(stubs: Mapping[str, Stub], task_ids: Iterable[str]) -> None:
    """UsageError for a stub that is neither of a task nor looks like a class's."""
    known = set(task_ids)
    for name in stubs:
        if name not in known and not name[:1].isupper():
            raise UsageError(
                f"--stubs: {name!r} is no task of the DAG (tasks: {', '.join(sorted(known))}), "
                "and the name of an operator or Hook.method starts with a capital letter"
            )


def _stub(path: str, name: str, given: Any) -> Stub:
    if not isinstance(given, dict) or not given or not given.keys() <= _WORDS:
        words = ", ".join(sorted(_WORDS))
        raise UsageError(f"{path}: {name}: expected an object of {words}; found {given!r}")
    error, xcoms = given.get("raise"), given.get("xcoms") or {}
    if not isinstance(xcoms, dict) or not isinstance(error, (str, type(None))):
        raise UsageError(f"{path}: {name}: expected xcoms by key, and raise as 'Type: message'")
    return Stub(given.get("value"), xcoms, error)


def _exception(name: str) -> type[BaseException]:
    found = getattr(builtins, name, None) or getattr(exceptions, name, None)
    if found is None:  # a provider's
        return type(name, (exceptions.AirflowException,), {})
    if not (isinstance(found, type) and issubclass(found, BaseException)):
        raise UsageError(f"--stubs: raise: {name} is no exception")
    return found
