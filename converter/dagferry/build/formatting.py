"""Formats what was formatted: a file that `ruff format` would leave alone stays one that it leaves alone.

Generated code is laid out by `build.layout`; what the user wrote around it can change its width when it
moves. Files that were not formatted before keep their own layout byte for byte.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path


def format_like(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """The texts of `after`, formatted where the text of the same path in `before` is as `ruff` wants it.

    Raises FileNotFoundError when ruff, a dependency of the distribution, is not installed.
    """
    both = {f"before/{path}": text for path, text in before.items()}
    both |= {f"after/{path}": after[path] for path in before}
    # Both at once, for starting ruff takes longer than what it does.
    with tempfile.TemporaryDirectory(prefix="dagferry-format-") as scratch:
        formatted = _formatted(both, Path(scratch))
    alone = (path for path, text in before.items() if formatted[f"before/{path}"] == text)
    return {**after, **{path: formatted[f"after/{path}"] for path in alone}}


def _formatted(texts: Mapping[str, str], folder: Path) -> dict[str, str]:
    if not texts:
        return {}
    files = {path: folder / path for path in texts}
    for path, file in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(texts[path], encoding="utf-8", newline="")
    _run_ruff(folder)
    return {path: file.read_bytes().decode() for path, file in files.items()}


def _run_ruff(folder: Path) -> None:
    from ruff.__main__ import find_ruff_bin  # type: ignore[import-untyped]  # ruff ships no types

    command = [find_ruff_bin(), "format", "--isolated", "--no-cache", "--quiet", str(folder)]
    # Exit code 2 says that a file does not parse; it is left as it is.
    subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
