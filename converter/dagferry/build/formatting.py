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
    formatted = _formatted(after)
    # What ruff leaves alone may have been anything before.
    asked = {path: before[path] for path, text in after.items() if formatted[path] != text}
    alone = [path for path, text in _formatted(asked).items() if text == before[path]]
    return {**after, **{path: formatted[path] for path in alone}}


def _formatted(texts: Mapping[str, str]) -> dict[str, str]:
    """All at once, for starting ruff takes longer than what it does."""
    if not texts:
        return {}
    with tempfile.TemporaryDirectory(prefix="dagferry-format-") as scratch:
        files = [Path(scratch, f"{number}.py") for number in range(len(texts))]
        for file, text in zip(files, texts.values()):
            file.write_bytes(text.encode())
        _run_ruff(Path(scratch))
        return {path: file.read_bytes().decode() for path, file in zip(texts, files)}


def _run_ruff(folder: Path) -> None:
    from ruff.__main__ import find_ruff_bin  # type: ignore[import-untyped]  # ruff ships no types

    command = [find_ruff_bin(), "format", "--isolated", "--no-cache", "--quiet", str(folder)]
    # Exit code 2 says that a file does not parse; it is left as it is.
    subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
