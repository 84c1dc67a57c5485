"""Prefect's settings that flowlight honours, each read once: of the environment, else of a file.

https://docs.prefect.io/v3/api-ref/settings-ref. Every other setting of Prefect is a row of
docs/flowlight/settings.md, or refused by `refused_settings.py`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from flowlight.errors import NotSupported

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "HONOURED",
    "PREFECT_DEBUG_MODE",
    "PREFECT_DEFAULT_RESULT_STORAGE_BLOCK",
    "PREFECT_DEFAULT_WORK_POOL_NAME",
    "PREFECT_FLOWS_DEFAULT_RETRIES",
    "PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS",
    "PREFECT_HOME",
    "PREFECT_LOCAL_STORAGE_PATH",
    "PREFECT_LOGGING_EXTRA_LOGGERS",
    "PREFECT_LOGGING_LEVEL",
    "PREFECT_LOGGING_LOG_PRINTS",
    "PREFECT_LOGGING_TO_API_ENABLED",
    "PREFECT_RESULTS_DEFAULT_SERIALIZER",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT",
    "PREFECT_TASKS_DEFAULT_NO_CACHE",
    "PREFECT_TASKS_DEFAULT_PERSIST_RESULT",
    "PREFECT_TASKS_DEFAULT_RETRIES",
    "PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS",
    "PREFECT_TASKS_DISABLE_CACHING",
    "PREFECT_TASKS_REFRESH_CACHE",
    "PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS",
    "PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS",
    "Setting",
    "take_from_files",
    "temporary_settings",
]

_TRUE = frozenset({"1", "true", "t", "yes", "y", "on"})
_FALSE = frozenset({"0", "false", "f", "no", "n", "off"})
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class Setting:
    """One setting: its name, other names of its environment variable, and what its text means."""

    __slots__ = ("aliases", "default", "name", "parse")

    def __init__(
        self,
        name: str,
        parse: Callable[[str], Any],
        default: Callable[[], Any],
        aliases: tuple[str, ...] = (),
    ) -> None:
        self.name, self.parse, self.default, self.aliases = name, parse, default, aliases

    def value(self) -> Any:
        """The value that holds here: of `temporary_settings`, else of the environment.

        `ValueError` for a text that has no meaning for it.
        """
        override = _overrides.get()
        if override is not None and self.name in override:
            return override[self.name]
        try:
            return _read[self.name]
        except KeyError:
            return _read.setdefault(self.name, self._from_environment())

    def _from_environment(self) -> Any:
        for name in (self.name, *self.aliases):
            text = os.environ.get(name, _in_files.get(name))
            if text is not None:
                try:
                    return self.parse(text)
                except ValueError as error:
                    raise ValueError(f"{name}: {error}") from None
        return self.default()


def _boolean(text: str) -> bool:
    if text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    raise ValueError(f"expected true or false, found {text!r}")


def _path(text: str) -> Path:
    from pathlib import Path  # slow to import

    home = os.environ.get("PREFECT_HOME")
    return Path(text.replace("$PREFECT_HOME", home or "~/.prefect")).expanduser()


def _number(text: str) -> Any:
    value = _json(text)
    if not _is_number(value):
        raise ValueError(f"expected a number of retries or of seconds, found {text!r}")
    return value


def _numbers(text: str) -> Any:
    value = _json(text)
    if isinstance(value, list) and all(map(_is_number, value)):
        return value
    return _number(text)


def _json(text: str) -> Any:
    import json  # slow to import, and rarely needed

    try:
        return json.loads(text)
    except ValueError:
        return None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"expected a number of at least 1, found {text!r}")
    return int(text)


def _level(text: str) -> str:
    if text.upper() not in _LEVELS:
        raise ValueError(f"expected {', '.join(_LEVELS[:-1])} or {_LEVELS[-1]}, found {text!r}")
    return text.upper()


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _no() -> bool:
    return False


def _none() -> None:
    return None


PREFECT_HOME = Setting("PREFECT_HOME", _path, lambda: _path("~/.prefect"))
PREFECT_DEBUG_MODE = Setting("PREFECT_DEBUG_MODE", _boolean, _no)
PREFECT_DEFAULT_WORK_POOL_NAME = Setting(
    "PREFECT_DEPLOYMENTS_DEFAULT_WORK_POOL_NAME", str, _none, ("PREFECT_DEFAULT_WORK_POOL_NAME",)
)
PREFECT_FLOWS_DEFAULT_RETRIES = Setting(
    "PREFECT_FLOWS_DEFAULT_RETRIES", _number, int, ("PREFECT_FLOW_DEFAULT_RETRIES",)
)
PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS = Setting(
    "PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS",
    _number,
    int,
    ("PREFECT_FLOW_DEFAULT_RETRY_DELAY_SECONDS",),
)
PREFECT_LOGGING_EXTRA_LOGGERS = Setting("PREFECT_LOGGING_EXTRA_LOGGERS", _names, list)
PREFECT_LOGGING_LEVEL = Setting("PREFECT_LOGGING_LEVEL", _level, lambda: "INFO")
PREFECT_LOGGING_LOG_PRINTS = Setting("PREFECT_LOGGING_LOG_PRINTS", _boolean, _no)
PREFECT_LOGGING_TO_API_ENABLED = Setting("PREFECT_LOGGING_TO_API_ENABLED", _boolean, lambda: True)
PREFECT_LOCAL_STORAGE_PATH = Setting(
    "PREFECT_RESULTS_LOCAL_STORAGE_PATH",
    _path,
    lambda: PREFECT_HOME.value() / "storage",
    ("PREFECT_LOCAL_STORAGE_PATH",),
)
PREFECT_RESULTS_PERSIST_BY_DEFAULT = Setting("PREFECT_RESULTS_PERSIST_BY_DEFAULT", _boolean, _no)
PREFECT_RESULTS_DEFAULT_SERIALIZER = Setting(
    "PREFECT_RESULTS_DEFAULT_SERIALIZER", str, lambda: "pickle"
)
PREFECT_DEFAULT_RESULT_STORAGE_BLOCK = Setting(
    "PREFECT_RESULTS_DEFAULT_STORAGE_BLOCK",
    str,
    _none,
    ("PREFECT_DEFAULT_RESULT_STORAGE_BLOCK",),
)
PREFECT_TASKS_DEFAULT_PERSIST_RESULT = Setting(
    "PREFECT_TASKS_DEFAULT_PERSIST_RESULT", _boolean, _none
)
PREFECT_TASKS_DEFAULT_NO_CACHE = Setting("PREFECT_TASKS_DEFAULT_NO_CACHE", _boolean, _no)
PREFECT_TASKS_DEFAULT_RETRIES = Setting(
    "PREFECT_TASKS_DEFAULT_RETRIES", _number, int, ("PREFECT_TASK_DEFAULT_RETRIES",)
)
PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS = Setting(
    "PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS",
    _numbers,
    int,
    ("PREFECT_TASK_DEFAULT_RETRY_DELAY_SECONDS",),
)
PREFECT_TASKS_DISABLE_CACHING = Setting("PREFECT_TASKS_DISABLE_CACHING", _boolean, _no)
PREFECT_TASKS_REFRESH_CACHE = Setting("PREFECT_TASKS_REFRESH_CACHE", _boolean, _no)
PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS = Setting(
    "PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS", _count, _none
)
PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS = Setting(
    "PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS",
    _count,
    _none,
    ("PREFECT_TASK_RUNNER_THREAD_POOL_MAX_WORKERS",),
)

HONOURED = frozenset(
    name
    for each in list(vars().values())
    if isinstance(each, Setting)
    for name in (each.name, *each.aliases)
)

_in_files: dict[str, str] = {}
_read: dict[str, Any] = {}  # what the environment of this process says does not change
_overrides: ContextVar[Mapping[str, Any] | None] = ContextVar("flowlight_settings", default=None)


def take_from_files(texts: Mapping[str, str]) -> None:
    """What Prefect's files say of settings, by name; the environment goes first."""
    _in_files.update(texts)


@contextmanager
def temporary_settings(
    updates: Mapping[Setting, Any] | None = None,
    set_defaults: Mapping[Setting, Any] | None = None,
    restore_defaults: Any = None,
) -> Iterator[None]:
    """Inside: these settings have these values."""
    if set_defaults or restore_defaults:
        raise NotSupported("flowlight's temporary_settings takes `updates` only")
    changed = {setting.name: value for setting, value in (updates or {}).items()}
    token = _overrides.set({**(_overrides.get() or {}), **changed})
    try:
        yield
    finally:
        _overrides.reset(token)
