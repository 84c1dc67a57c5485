"""The helper that is written beside converted flows: the package `airflow_compat`, made of parts.

Each file of `helper_parts/` is a part. Only the parts that the flows of a folder reach are written, and
an `__init__.py` that offers what they offer. A new part needs no entry anywhere: what it offers is its
`__all__`, what it needs are its imports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HELPER = "airflow_compat"
# What earlier versions wrote instead of the package.
OLD_HELPER = "airflow_compat.py"
_INIT_FILE = f"{HELPER}/__init__.py"
_FOLDER = Path(__file__).with_name("helper_parts")
# `ruff format` lays the parts out, and a test compares what is found here with what Python's parser finds.
_IMPORT = re.compile(rf"^ *from {HELPER}\.(\w+) import ", re.MULTILINE)
_OFFERS = re.compile(r"^__all__(?:: list\[str\])? = \[(.*?)\]", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Part:
    """One module of the helper: its text, the names that it offers to flows, the parts that it imports."""

    name: str
    text: str
    offers: tuple[str, ...]
    needs: frozenset[str]

    @property
    def summary(self) -> str:
        """The first line of its docstring."""
        return self.text.split("\n", 1)[0].strip('"')


@cache
def parts() -> Mapping[str, Part]:
    """All parts by name, in the order of their names."""
    return {file.stem: _read(file) for file in sorted(_FOLDER.glob("*.py"))}


def _read(file: Path) -> Part:
    text = file.read_text("utf-8")
    offers = _OFFERS.search(text)
    if offers is None:
        raise ValueError(f"expected an `__all__` in the part {file.name} of the helper, found none")
    names = tuple(re.findall(r'"(\w+)"', offers.group(1)))
    return Part(file.stem, text, names, frozenset(_IMPORT.findall(text)))


def part_of(name: str) -> str:
    """The part that offers a name to flows. Raises LookupError where none does."""
    for part in parts().values():
        if name in part.offers:
            return part.name
    raise LookupError(f"expected a name that {HELPER} offers, found {name!r}")


def reached(chosen: Iterable[str]) -> tuple[Part, ...]:
    """These parts and those that they need, in the order of their names."""
    waiting = [parts()[name] for name in chosen]
    found: dict[str, Part] = {}
    while waiting:
        part = waiting.pop()
        if part.name not in found:
            found[part.name] = part
            waiting.extend(parts()[need] for need in part.needs)
    return tuple(found[name] for name in sorted(found))


def helper_files(names: Iterable[str], present: Iterable[str] = ()) -> dict[str, bytes]:
    """The files of the package for flows that import these names; none without names.

    Parts whose files are `present` stay, for other flows may use them.
    """
    wanted = {part_of(name) for name in names}
    return package(wanted | parts_among(present)) if wanted else {}


def parts_among(paths: Iterable[str]) -> set[str]:
    """The parts that files of a folder hold; the old helper in one file held all of them."""
    paths = set(paths)
    if OLD_HELPER in paths:
        return set(parts())
    return {name for name in parts() if f"{HELPER}/{name}.py" in paths}


def package(names: Iterable[str]) -> dict[str, bytes]:
    """The files of the package with these parts and what they need."""
    chosen = reached(names)
    texts = {"__init__": _init(chosen), **{part.name: part.text for part in chosen}}
    return {f"{HELPER}/{name}.py": text.encode() for name, text in texts.items()}


def with_parts(outputs: Mapping[str, bytes], present: Iterable[str]) -> dict[str, bytes]:
    """Outputs, and where they hold the helper, the parts of it that are `present` already."""
    wanted = parts_among(outputs)
    complete = package(wanted | parts_among(present)) if wanted else {}
    if complete.keys() <= outputs.keys():
        return dict(outputs)
    return {**complete, **outputs, _INIT_FILE: complete[_INIT_FILE]}


def is_helper(path: str) -> bool:
    """Whether a path of an output folder is one of the helper's, of this version or an earlier one."""
    return path == OLD_HELPER or path.startswith(f"{HELPER}/")


def _init(chosen: Iterable[Part]) -> str:
    offering = [part for part in chosen if part.offers]
    listed = "".join(f"    {part.name:<11} {part.summary}\n" for part in chosen)
    imports = "".join(_import(part) for part in offering)
    names = sorted({name for part in offering for name in part.offers}, key=_kind)
    offered = "".join(f'    "{name}",\n' for name in names)
    return _INIT.format(listed=listed, imports=imports, offered=offered)


def _kind(name: str) -> tuple[bool, bool, str]:
    """Constants come first, then classes, then functions, as ruff sorts an `__all__`."""
    return (not name.isupper(), name[0].islower(), name)


def _import(part: Part) -> str:
    if len(part.offers) == 1:
        return f"from {HELPER}.{part.name} import {part.offers[0]}\n"
    names = "".join(f"    {name},\n" for name in part.offers)
    return f"from {HELPER}.{part.name} import (\n{names})\n"


_INIT = '''"""Airflow's rules for the flows beside this package.

Written by dagferry; it belongs to you: edit it freely. It needs Prefect 3 and what
Prefect installs, and never imports Airflow. Its parts:

{listed}"""

{imports}
__all__ = [
{offered}]
'''
