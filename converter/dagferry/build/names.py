"""Names for generated code: from ids to identifiers that nothing else has."""

from __future__ import annotations

import builtins
import keyword
import re
import zlib
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


def prefect_name(key: str) -> str:
    """The name that `airflow_compat.Variable` keeps the variable `key` under.

    Prefect 3.8.8 takes lowercase letters, digits, dashes and underscores. A checksum keeps two
    variables apart whose names are otherwise written alike.
    """
    if re.fullmatch(r"[a-z0-9_-]+", key):
        return key
    plain = re.sub(r"[^a-z0-9_-]", "_", key.lower())
    return f"{plain}-{zlib.crc32(key.encode()):08x}"
