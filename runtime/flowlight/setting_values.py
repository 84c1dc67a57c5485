"""Settings as code sees and changes them: `temporary_settings` and `get_current_settings`.

https://docs.prefect.io/v3/api-ref/python/prefect-settings; details: observed in Prefect 3.8.8.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flowlight import settings as known
from flowlight.errors import NotSupported
from flowlight.settings import Setting

__all__ = ["Settings", "get_current_settings", "temporary_settings"]

_ALL = {
    name: each
    for each in vars(known).values()
    if isinstance(each, Setting)
    for name in (each.name, *each.aliases)
}


class Settings:
    """The settings that hold here, by their place: `settings.tasks.default_retries`."""

    def __init__(self, prefix: str = "PREFECT") -> None:
        self._prefix = prefix

    def __getattr__(self, key: str) -> Any:
        name = f"{self._prefix}_{key}".upper()
        if name in _ALL:
            return _ALL[name].value()
        if not key.startswith("_") and any(each.startswith(f"{name}_") for each in _ALL):
            return Settings(name)
        raise AttributeError(f"flowlight has no setting {name}; see docs/flowlight/settings.md")


def get_current_settings() -> Settings:
    """The settings that hold here."""
    return Settings()


@contextmanager
def temporary_settings(
    updates: Mapping[Setting | str, Any] | None = None,
    set_defaults: Mapping[Setting | str, Any] | None = None,
    restore_defaults: Iterable[Setting | str] | None = None,
) -> Iterator[Settings]:
    """Inside: these settings have these values; text is read as that of the environment is.

    `set_defaults` are for settings that nothing sets, `restore_defaults` have their default again.
    """
    defaults = {_of(key): value for key, value in (set_defaults or {}).items()}
    changed = {each: value for each, value in defaults.items() if not each.is_set()}
    restored = {each: each.default() for each in map(_of, restore_defaults or ())}
    updated = {_of(key): value for key, value in (updates or {}).items()}
    values = {each.name: each.read(v) for each, v in {**changed, **restored, **updated}.items()}
    with known.overriding(values):
        yield Settings()


def _of(key: Setting | str) -> Setting:
    """The setting of a name (`tasks.default_retries`), or itself."""
    if isinstance(key, Setting):
        return key
    name = f"PREFECT_{key.replace('.', '_')}".upper()
    if name not in _ALL:
        raise NotSupported(f"flowlight does not honour the setting {key!r} ({name}): leave it out")
    return _ALL[name]
