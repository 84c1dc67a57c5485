"""The texts that a file compares with: what it asks for may be meant to be one of them.

PRODUCTION = os.environ.get("DEPLOYMENT") == "production"
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["compared_texts"]

_KINDS = (ast.Eq, ast.NotEq, ast.In, ast.NotIn)


def compared_texts(files: Iterable[str]) -> list[str]:
    """Every text beside `==`, `!=` or `in` in one of the files, each once."""
    # Code that is made by `exec` has no file.
    found = [t for file in files if os.path.isfile(file) for t in _of_file(Path(file))]
    return list(dict.fromkeys(text for text in found if text != "__main__"))


def _of_file(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Compare) and any(isinstance(one, _KINDS) for one in node.ops):
            for side in (node.left, *node.comparators):
                yield from _texts(side)


def _texts(node: ast.expr) -> Iterator[str]:
    """Of a constant, or of the constants of a tuple, list or set."""
    parts = node.elts if isinstance(node, (ast.Tuple, ast.List, ast.Set)) else [node]
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
