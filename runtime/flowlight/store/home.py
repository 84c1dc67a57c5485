"""The folder in which flowlight keeps what outlives a process.

`FLOWLIGHT_HOME` says which; without it `~/.flowlight`, as Prefect has `~/.prefect`.
"""

from __future__ import annotations

import os
from pathlib import Path

from flowlight.store.errors import StoreError

__all__ = ["database_exists", "database_path", "home"]


def home() -> Path:
    """The folder, which is made when it is not there; nobody else may look into it."""
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(
            f"{folder}: cannot be made: {error.strerror}; name another folder with FLOWLIGHT_HOME"
        ) from None
    return folder


def _folder() -> Path:
    given = os.environ.get("FLOWLIGHT_HOME")
    return Path(given).expanduser() if given else Path.home() / ".flowlight"


def database_exists() -> bool:
    """Whether the SQLite file is there; nothing is made to find out."""
    return (_folder() / "flowlight.db").exists()


def database_path() -> Path:
    """The SQLite file."""
    return home() / "flowlight.db"
