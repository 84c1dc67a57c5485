"""Has the bundled engines compiled once, rather than by each of their processes.

Those write no bytecode themselves, for it is looked at what a run leaves behind. Some installers
(uv, an editable install) do not compile either, and half of a run's time would go into compiling.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from importlib.util import cache_from_source, find_spec
from pathlib import Path

from dagferry.parity.engines import MODULES
from dagferry.parity.process import GUARD

__all__ = ["compile_engines"]


def compile_engines(environment: Mapping[str, str]) -> None:
    """Write the bytecode that is missing, where the caller's Python may write any at all."""
    if environment.get("PYTHONDONTWRITEBYTECODE"):
        return
    for folder in _folders():
        if not _compiled(folder) and os.access(folder, os.W_OK):
            from compileall import compile_dir  # slow to import

            compile_dir(folder, quiet=2)


def _folders() -> Iterator[Path]:
    yield GUARD
    for module in MODULES.values():
        spec = find_spec(module.partition(".")[0])
        if spec is not None and spec.origin is not None:
            yield Path(spec.origin).parent


def _compiled(folder: Path) -> bool:
    return all(Path(cache_from_source(file)).exists() for file in folder.glob("*.py"))
