"""Files of folders that integrations copy (`prefect.utilities.filesystem`)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from flowlight.errors import NotSupported

__all__ = ["filter_files", "relative_path_to_current_platform"]


def filter_files(
    root: str = ".",
    ignore_patterns: Iterable[str] | None = None,
    include_dirs: bool = True,
    *,
    as_posix: bool = False,
) -> set[str]:
    """The paths below `root`, relative to it, without those that patterns of .gitignore name."""
    lines = list(ignore_patterns or ())
    top = Path(root)
    files = {path.relative_to(top) for path in top.rglob("*") if include_dirs or path.is_file()}
    kept = {path for path in files if not _ignored(lines, path)} if lines else files
    return {path.as_posix() if as_posix else str(path) for path in kept}


def _ignored(lines: list[str], path: Path) -> bool:
    try:
        from pathspec import GitIgnoreSpec
    except ImportError:
        raise NotSupported(
            "patterns of files to ignore need the package pathspec: pip install pathspec"
        ) from None
    return bool(GitIgnoreSpec.from_lines(lines).match_file(path.as_posix()))


def relative_path_to_current_platform(path_str: str) -> Path:
    """The path, with the separators of this machine."""
    return (
        Path(*PurePosixPath(path_str.replace("\\", "/")).parts) if os.sep == "/" else Path(path_str)
    )
