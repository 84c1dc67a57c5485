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

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "HONOURED",
    "PREFECT_API_KEY",
    "PREFECT_API_URL",
    "PREFECT_DEBUG_MODE",
    "PREFECT_DEFAULT_RESULT_STORAGE_BLOCK",
    "PREFECT_DEFAULT_WORK_POOL_NAME",
    "PREFECT_DEPLOYMENTS_DEFAULT_WORK_POOL_NAME",
    "PREFECT_FLOWS_DEFAULT_RETRIES",
    "PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS",
    "PREFECT_FLOW_DEFAULT_RETRIES",
    "PREFECT_FLOW_DEFAULT_RETRY_DELAY_SECONDS",
    "PREFECT_HOME",
    "PREFECT_LOCAL_STORAGE_PATH",
    "PREFECT_LOGGING_EXTRA_LOGGERS",
    "PREFECT_LOGGING_LEVEL",
    "PREFECT_LOGGING_LOG_PRINTS",
    "PREFECT_LOGGING_TO_API_ENABLED",
    "PREFECT_RESULTS_DEFAULT_SERIALIZER",
    "PREFECT_RESULTS_DEFAULT_STORAGE_BLOCK",
    "PREFECT_RESULTS_LOCAL_STORAGE_PATH",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT",
    "PREFECT_TASKS_DEFAULT_NO_CACHE",
    "PREFECT_TASKS_DEFAULT_PERSIST_RESULT",
    "PREFECT_TASKS_DEFAULT_RETRIES",
    "PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS",
    "PREFECT_TASKS_DISABLE_CACHING",
    "PREFECT_TASKS_REFRESH_CACHE",
    "PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS",
    "PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS",
    "PREFECT_TASK_DEFAULT_RETRIES",
    "PREFECT_TASK_DEFAULT_RETRY_DELAY_SECONDS",
    "PREFECT_TASK_RUNNER_THREAD_POOL_MAX_WORKERS",
    "PREFECT_UI_URL",
    "Setting",
    "overriding",
    "take_from_files",
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

    def is_set(self) -> bool:
        """Whether anything says what its value is."""
        names = (self.name, *self.aliases)
        override = _overrides.get() or {}
        return self.name in override or any(n in os.environ or n in _in_files for n in names)

    def read(self, value: Any) -> Any:
        """A value that code gives: text means what it means in the environment."""
        if not isinstance(value, str):
            return value
        try:
            return self.parse(value)
        except ValueError as error:
            raise ValueError(f"{self.name}: {error}") from None

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
    return float(_number(text))


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

# They change nothing here, and may be read.
PREFECT_API_KEY = Setting("PREFECT_API_KEY", str, _none)
PREFECT_API_URL = Setting("PREFECT_API_URL", str, _none)
PREFECT_UI_URL = Setting("PREFECT_UI_URL", str, _none)

# Names of Prefect 2 (observed in Prefect 3.8.8).
PREFECT_FLOW_DEFAULT_RETRIES = PREFECT_FLOWS_DEFAULT_RETRIES
PREFECT_FLOW_DEFAULT_RETRY_DELAY_SECONDS = PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS
PREFECT_TASK_DEFAULT_RETRIES = PREFECT_TASKS_DEFAULT_RETRIES
PREFECT_TASK_DEFAULT_RETRY_DELAY_SECONDS = PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS
PREFECT_TASK_RUNNER_THREAD_POOL_MAX_WORKERS = PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS
PREFECT_DEPLOYMENTS_DEFAULT_WORK_POOL_NAME = PREFECT_DEFAULT_WORK_POOL_NAME
PREFECT_RESULTS_LOCAL_STORAGE_PATH = PREFECT_LOCAL_STORAGE_PATH
PREFECT_RESULTS_DEFAULT_STORAGE_BLOCK = PREFECT_DEFAULT_RESULT_STORAGE_BLOCK

_in_files: dict[str, str] = {}
_read: dict[str, Any] = {}  # what the environment of this process says does not change
_overrides: ContextVar[Mapping[str, Any] | None] = ContextVar("flowlight_settings", default=None)


def take_from_files(texts: Mapping[str, str]) -> None:
    """What Prefect's files say of settings, by name; the environment goes first."""
    _in_files.update(texts)


@contextmanager
def overriding(values: Mapping[str, Any]) -> Iterator[None]:
    """Inside: the settings of these names have these values."""
    token = _overrides.set({**(_overrides.get() or {}), **values})
    try:
        yield
    finally:
        _overrides.reset(token)
