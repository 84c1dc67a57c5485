"""Settings in Prefect's files: profiles, `prefect.toml`, `pyproject.toml` and `.env`.

https://docs.prefect.io/v3/concepts/settings-and-profiles
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from flowlight.loading import UserError
from flowlight.user_files import text_of

__all__ = ["settings_in_files"]

_LINE = re.compile(r"^\s*(?:export\s+)?(PREFECT_\w+)\s*=\s*(.*?)\s*$", re.MULTILINE)


def settings_in_files(environment: Mapping[str, str] = os.environ) -> dict[str, tuple[str, str]]:
    """The file and the text by the name of the setting; those of the environment go first.

    `UserError` for a file that cannot be read, is not UTF-8 or not TOML.
    """
    found: dict[str, tuple[str, str]] = {}
    for file, settings in _files(environment):
        for name, text in settings.items():
            if name not in environment:
                found.setdefault(name, (file, text))
    return found


def _files(environment: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    if Path(".env").is_file():
        yield ".env", dict(_LINE.findall(text_of(Path(".env"))))
    yield "prefect.toml", dict(_flat("PREFECT", _toml(Path("prefect.toml"))))
    project = Path("pyproject.toml")
    found = _table(project, _toml(project, only_with="tool.prefect"), "tool", "prefect")
    yield "pyproject.toml", dict(_flat("PREFECT", found))
    home = Path(environment.get("PREFECT_HOME") or "~/.prefect").expanduser()
    path = Path(environment.get("PREFECT_PROFILES_PATH") or home / "profiles.toml").expanduser()
    profiles = _toml(path)
    active = environment.get("PREFECT_PROFILE") or profiles.get("active")
    settings = _table(path, profiles, "profiles", str(active))
    yield f"{path} (profile {active!r})", {name: str(value) for name, value in settings.items()}


def _flat(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """`PREFECT_TASKS_DEFAULT_RETRIES` for `default_retries` of the table `tasks`."""
    for key, value in table.items():
        name = f"{prefix}_{key}".upper()
        if isinstance(value, dict):
            yield from _flat(name, value)
        else:
            yield name, str(value)


def _toml(path: Path, only_with: str = "") -> dict[str, Any]:
    """The file, when there is one that has this in it."""
    if not path.is_file():
        return {}
    text = text_of(path)
    if only_with not in text:
        return {}
    tomllib = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        found: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path}: not TOML: {error}") from None
    return found


def _table(path: Path, document: dict[str, Any], *keys: str) -> dict[str, Any]:
    """The table under these keys, empty when there is none."""
    found: Any = document
    for key in keys:
        found = found.get(key, {})
        if not isinstance(found, dict):
            raise UserError(f"{path}: {key}: expected a table, found {found!r}")
    return dict(found)
