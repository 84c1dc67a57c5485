"""Names for generated code: from ids to identifiers that nothing else has."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Collection

_RESERVED = frozenset(dir(builtins)) | frozenset(keyword.kwlist) | {"match", "case"}


def identifier(text: str) -> str:
    """A Python name that reads like the text: `my-dag 1` -> `my_dag_1`."""
    name = re.sub(r"\W+", "_", text, flags=re.ASCII).strip("_")
    if not name:
        return "unnamed"
    return f"_{name}" if name[0].isdigit() else name


def fresh(wanted: str, taken: Collection[str], suffix: str = "") -> str:
    """The wanted name, or one close to it that is not taken (nor a word of Python's)."""
    if wanted not in taken and wanted not in _RESERVED:
        return wanted
    base = f"{wanted}_{suffix}" if suffix else f"{wanted}_"
    name, number = base, 2
    while name in taken or name in _RESERVED:
        name, number = f"{base.rstrip('_')}_{number}", number + 1
    return name


def words(text: str) -> set[str]:
    """Every word of a text that could be a name."""
    return set(re.findall(r"\w+", text))
