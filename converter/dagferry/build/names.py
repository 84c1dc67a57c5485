"""Names for generated code: from ids to identifiers that nothing else has."""

from __future__ import annotations

import ast
import builtins
import keyword
import re
import zlib
from collections.abc import Collection, Mapping

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


def renamed(expression: str, names: Mapping[str, str]) -> str:
    """An expression with variables under other names; `x.output` of one of them is the value itself."""
    # Line ends inside of strings are NUL here, which Python does not read; any other will do.
    tree = ast.parse(f"({expression})".replace("\0", "\x01"), mode="eval")
    lines = f"({expression})".split("\n")
    found: dict[ast.expr, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name) as inner, attr="output") if name in names:
                found.pop(inner, None)
                found[node] = names[name]
            case ast.Name(id=name) if name in names and not _inside(node, found):
                found[node] = names[name]
    for node, new in sorted(
        found.items(), key=lambda e: (e[0].lineno, e[0].col_offset), reverse=True
    ):
        line = lines[node.lineno - 1].encode()
        text = line[: node.col_offset] + new.encode() + line[node.end_col_offset or 0 :]
        lines[node.lineno - 1] = text.decode()
    return "\n".join(lines)[1:-1]


def _inside(node: ast.Name, found: Mapping[ast.expr, str]) -> bool:
    return any(isinstance(one, ast.Attribute) and one.value is node for one in found)


def prefect_name(key: str) -> str:
    """The name that `airflow_compat.Variable` keeps the variable `key` under.

    Prefect 3.8.8 takes lowercase letters, digits, dashes and underscores. A checksum keeps two
    variables apart whose names are otherwise written alike.
    """
    if re.fullmatch(r"[a-z0-9_-]+", key):
        return key
    plain = re.sub(r"[^a-z0-9_-]", "_", key.lower())
    return f"{plain}-{zlib.crc32(key.encode()):08x}"
