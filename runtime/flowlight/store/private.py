"""A folder of its own for a run that must leave nothing behind, as one that is verified."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["private_home"]

_KEPT = ("blocks", "variables")  # what a run may need; the history of other runs is not


@contextmanager
def private_home() -> Iterator[None]:
    """Inside, changes stay nowhere; of a `FLOWLIGHT_HOME` there is a copy, else there is nothing.

    Without one the folder of the user's is not read: a verdict must not depend on it unsaid.
    """
    given = os.environ.get("FLOWLIGHT_HOME")
    with tempfile.TemporaryDirectory(prefix="flowlight-") as folder:
        os.environ["FLOWLIGHT_HOME"] = folder
        try:
            if given:
                _copy(Path(given).expanduser(), Path(folder))
            yield
        finally:
            if given:
                os.environ["FLOWLIGHT_HOME"] = given
            else:
                del os.environ["FLOWLIGHT_HOME"]


def _copy(home: Path, folder: Path) -> None:
    if (home / "key").exists():
        shutil.copy2(home / "key", folder / "key")
    if not (home / "flowlight.db").exists():
        return
    from flowlight.store.database import reading

    with reading(home / "flowlight.db"):  # brings its tables up to date
        pass
    with reading() as database:
        database.execute("ATTACH ? AS given", (str(home / "flowlight.db"),))
        for table in _KEPT:
            database.execute(f"INSERT INTO {table} SELECT * FROM given.{table}")  # noqa: S608
