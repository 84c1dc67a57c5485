"""The modules that a single file imports from the folders around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from dagferry.source.import_lines import ImportLine, import_lines
from dagferry.source.module_paths import BESIDE
from dagferry.source.roots import NEVER

#: A folder with one of these is the top of a project.
_TOP = (".git", "pyproject.toml", "setup.cfg", "setup.py", "airflow.cfg")
_DAGS = "dags"
_HIGHEST = 8


def reached(files: Iterable[Path], roots: Sequence[Path]) -> set[Path]:
    """The files that some files import, and those that these import; absolute paths.

    They are looked for in the `roots`; without any, in the folder of each file and those around it, as far as
    the top of its project, and in `plugins` and its like beside them.
    """
    pending, found = list(files), set[Path]()
    while pending:
        file = pending.pop()
        for one in import_lines(_text(file)):
            for target in _targets(file, one, roots):
                if target not in found:
                    found.add(target)
                    pending.append(target)
    return found


def _text(file: Path) -> str:
    if file.suffix != ".py":
        return ""
    try:
        return file.read_text("utf-8", errors="replace")
    except OSError:
        return ""  # whoever reads the file says so


def _targets(file: Path, one: ImportLine, roots: Sequence[Path]) -> Iterator[Path]:
    if one.level:
        yield from _modules(file.parents[min(one.level, len(file.parents)) - 1], one)
        return
    if one.base.partition(".")[0] in NEVER:
        return
    for folder in roots or _search(file.parent):
        found = list(_modules(folder, one))
        if found:
            yield from found
            return


def _modules(folder: Path, one: ImportLine) -> Iterator[Path]:
    """The module, the packages that it stands in, and the names taken from it that are modules."""
    parts = [part for part in one.base.split(".") if part]
    for count in range(1, len(parts)):
        yield from _there(folder.joinpath(*parts[:count]), packages_only=True)
    home = folder.joinpath(*parts)
    if parts:
        yield from _there(home)
    if home.is_dir():
        for name in one.names:
            yield from _there(home / name)


def _there(module: Path, *, packages_only: bool = False) -> Iterator[Path]:
    places = [module / "__init__.py"]
    if not packages_only:
        places.insert(0, module.with_name(f"{module.name}.py"))
    yield from (place for place in places[:2] if place.is_file())


def _search(folder: Path) -> Iterator[Path]:
    """Where a file of this folder finds modules, the likeliest first."""
    around = _around(folder)
    dags = [one for one in around if one.name == _DAGS]
    beside = [one / name for one in around for name in BESIDE]
    yield from dict.fromkeys([*dags[:1], *around, *beside])


def _around(folder: Path) -> list[Path]:
    """The folder and those around it, to the top of its project, or else to Airflow's own folder."""
    chain = [folder, *folder.parents][:_HIGHEST]
    for count, one in enumerate(chain, start=1):
        if any((one / mark).exists() for mark in _TOP):
            return chain[:count]
    named = [above for below, above in pairwise(chain) if below.name == _DAGS]
    return chain[: chain.index(named[0]) + 1] if named else chain[:1]
