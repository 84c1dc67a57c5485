"""The manifest (`dagferry.json`): what every output was made from, so that nothing is done twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dagferry import __version__

NAME = "dagferry.json"
_KEYS = {"fingerprint", "inputs", "outputs", "files", "totals"}


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


@cache
def fingerprint() -> str:
    """A hash of the converter's own code: another converter may write other flows."""
    root = Path(__file__).parent
    total = hashlib.sha256()
    for file in sorted(root.rglob("*.py")):
        total.update(file.relative_to(root).as_posix().encode())
        total.update(file.read_bytes())
    return total.hexdigest()[:16]


def build(
    inputs: Mapping[str, bytes],
    outputs: Mapping[str, bytes],
    options: str,
    result: Mapping[str, Any],
) -> dict[str, Any]:
    """The manifest of a conversion; `result` is the JSON of its records."""
    return {
        "version": 1,
        "dagferry": __version__,
        "fingerprint": f"{fingerprint()} {options}",
        "inputs": {path: digest(data) for path, data in sorted(inputs.items())},
        "outputs": {path: digest(data) for path, data in sorted(outputs.items())},
        "roots": result["roots"],
        "files": result["files"],
        "totals": result["totals"],
    }


def read(folder: Path) -> dict[str, Any] | None:
    """The manifest of an output folder, or None where there is none that can be read."""
    try:
        data = json.loads((folder / NAME).read_text())
    except (OSError, ValueError):
        return None
    known = isinstance(data, dict) and data.get("version") == 1
    return data if known and set(data) >= _KEYS else None


def dumps(manifest: Mapping[str, Any]) -> bytes:
    """The manifest as the bytes that are written."""
    return (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode()


def unchanged(
    manifest: Mapping[str, Any], inputs: Mapping[str, bytes], options: str, folder: Path
) -> bool:
    """Whether the output folder already holds what these inputs give."""
    if manifest["fingerprint"] != f"{fingerprint()} {options}":
        return False
    if manifest["inputs"] != {path: digest(data) for path, data in inputs.items()}:
        return False
    return all(_is(folder / path, wanted) for path, wanted in manifest["outputs"].items())


def _is(file: Path, wanted: str) -> bool:
    try:
        return digest(file.read_bytes()) == wanted
    except OSError:
        return False
