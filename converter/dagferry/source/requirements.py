"""The packages that the flows of a folder need, as a `requirements.txt`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from dagferry.source.import_lines import import_lines
from dagferry.source.package_names import package_of

NAME, OTHER_NAME = "requirements.txt", "requirements-flows.txt"
#: Prefect 3.8.8 takes releases of these two that it does not work with: observed with a fresh installation.
PREFECT = ("prefect==3.8.8", "fastapi<0.151", "sqlalchemy<2.1")
_OURS = frozenset({*sys.stdlib_module_names, "prefect", "airflow", "airflow_compat"})
_HEAD = """\
# What the flows of this folder need, written by dagferry from what they import.
# Prefect with the releases that it works with:
"""
_KNOWN = "# Packages of the modules that the flows import; pin the versions that you use:\n"
_UNKNOWN = "# Modules of packages that dagferry does not know: add those that have them.\n"


def third_party(
    texts: Mapping[str, str], own: Iterable[str], paths: Iterable[str]
) -> dict[str, list[str]]:
    """Dotted module -> the files that import it, of those at `paths`. `own` are the folder's first names."""
    mine = _OURS | frozenset(own)
    found: dict[str, list[str]] = {}
    for path in sorted(paths):
        for one in import_lines(texts[path]):
            if one.level or one.base.partition(".")[0] in mine:
                continue
            names = [f"{one.base}.{name}" for name in one.names] or [one.base]
            for name in names:
                files = found.setdefault(name if package_of(name) else one.base, [])
                if path not in files:
                    files.append(path)
    return found


def requirements(modules: Mapping[str, list[str]]) -> str | None:
    """The text of the file; None where the flows need nothing but Prefect."""
    if not modules:
        return None
    known = {package for name in modules if (package := package_of(name))}
    unknown: dict[str, set[str]] = {}
    for name, files in modules.items():
        if package_of(name) is None:
            unknown.setdefault(name.partition(".")[0], set()).update(files)
    parts = [_HEAD, *(f"{line}\n" for line in PREFECT)]
    if known:
        parts += [_KNOWN, *(f"{name}\n" for name in sorted(known, key=str.lower))]
    if unknown:
        parts += [_UNKNOWN, *(_told(name, files) for name, files in sorted(unknown.items()))]
    return "".join(parts)


def _told(name: str, files: Iterable[str]) -> str:
    return f"# {name} (imported by {', '.join(sorted(files)[:3])})\n"
