"""Configuration: `[tool.dagferry]` in the nearest `pyproject.toml`, as defaults of the options."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dagferry.errors import UsageError

# What a project may settle once; everything else is said on the command line.
KEYS = frozenset({"airflow-version", "fail-on", "select", "ignore", "jobs", "baseline", "root"})


def defaults(verbs: Iterable[str], start: Path) -> dict[str, dict[str, Any]]:
    """The configured defaults of every verb. Raises UsageError for a key or a file that is wrong."""
    file = _nearest(start.resolve())
    if file is None:
        return {}
    table = _table(file)
    unknown = sorted(set(table) - KEYS)
    if unknown:
        known = ", ".join(sorted(KEYS))
        raise UsageError(
            f"{file}: expected one of {known} in [tool.dagferry], found {unknown[0]!r}"
        )
    options: dict[str, Any] = {
        key.replace("-", "_"): _option(value) for key, value in table.items() if key != "root"
    }
    if "root" in table:
        listed = table["root"] if isinstance(table["root"], list) else [table["root"]]
        options["roots"] = [str(file.parent / str(one)) for one in listed]
    return {verb: dict(options) for verb in verbs}


def _nearest(folder: Path) -> Path | None:
    places = (parent / "pyproject.toml" for parent in (folder, *folder.parents))
    return next((place for place in places if place.is_file()), None)


def _table(file: Path) -> Mapping[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{file}: expected TOML: {error}") from error
    table = data.get("tool", {}).get("dagferry", {})
    if not isinstance(table, dict):
        raise UsageError(f"{file}: expected a table at [tool.dagferry]")
    return table


def _option(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
