"""Scratch copies of a folder, and what a run left in one."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

IGNORED = frozenset({"__pycache__", ".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache"})
#: What the names of the folders begin with in which runs take place.
WORK = "dagferry-"
LARGEST = 1 << 30  # bytes of a folder
_PIECE = 1 << 20


class CopyError(Exception):
    """A folder cannot be copied for a run, or is too large for that."""


def copy_folder(source: Path, target: Path) -> None:
    """Copy a folder without caches, version control, pipes and sockets; symbolic links stay links.

    Where the folder holds the temporary folder, and so the target, the runs below that are left out.
    Raises `CopyError` for a folder of more than `LARGEST` bytes, or one with a file that cannot be read.
    """
    copied = 0

    def copy(file: str, to: str) -> None:
        nonlocal copied
        copied += os.lstat(file).st_size
        if copied > LARGEST:
            raise CopyError(
                f"expected a folder of at most {LARGEST >> 30} GiB to copy for a run, found more in"
                f" {source}: put the DAGs and what they read into a folder of their own"
            )
        shutil.copy2(file, to, follow_symlinks=False)

    try:
        shutil.copytree(source, target, symlinks=True, ignore=_left_out, copy_function=copy)
    except shutil.Error as error:
        file, _, reason = error.args[0][0]
        raise CopyError(f"{file} cannot be copied for the run: {reason}") from error


def _left_out(folder: str, names: Sequence[str]) -> set[str]:
    temporary = os.path.realpath(folder) == os.path.realpath(tempfile.gettempdir())
    runs = {name for name in names if temporary and name.startswith(WORK)}
    special = {name for name in names if not _is_kept(os.lstat(os.path.join(folder, name)).st_mode)}
    return runs | special | (IGNORED & {*names})


def _is_kept(mode: int) -> bool:
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)


def snapshot(folder: Path, mask: str | None = None) -> dict[str, str]:
    """Relative path -> sha256 of every file; the text `mask` (a path) is left out of contents."""
    return {
        path.relative_to(folder).as_posix(): _digest(path, mask) for path in sorted(_files(folder))
    }


def outside(listing: Path, work: Path, mask: str | None = None) -> dict[str, str | None]:
    """Absolute path -> sha256 (None: not there) of files that a run wrote outside of `work`.

    `listing` holds what the guard in the child saw; other programs' writes are not seen.
    """
    lines = listing.read_text("utf-8", "replace").splitlines() if listing.exists() else []
    paths = {Path(line) for line in lines}
    return {
        str(path): _digest(path, mask) if path.exists() else None
        for path in sorted(paths)
        if work not in path.parents and not _is_noise(path)
    }


def _is_noise(path: Path) -> bool:
    return path.parts[1:2] in (("dev",), ("proc",)) or not IGNORED.isdisjoint(path.parts)


def effects(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str | None]:
    """What a run created or changed, with its sha256; None for what it deleted."""
    touched: dict[str, str | None] = {
        path: digest for path, digest in after.items() if before.get(path) != digest
    }
    return {**touched, **{path: None for path in before if path not in after}}


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - IGNORED)
        yield from (Path(root, name) for name in names if not name.endswith(".pyc"))


def _digest(path: Path, mask: str | None) -> str:
    if path.is_symlink():
        return hashlib.sha256(f"link to {os.readlink(path)}".encode()).hexdigest()
    if not path.is_file():
        return "not a file"
    with path.open("rb") as file:
        return _sha256(file, mask.encode() if mask else b"")


def _sha256(file: IO[bytes], mask: bytes) -> str:
    """Of the contents without the mask, piece by piece: a run may leave a file of any size."""
    digest, rest = hashlib.sha256(), b""
    while piece := file.read(_PIECE):
        *whole, rest = (rest + piece).split(mask) if mask else (rest + piece, b"")
        for part in whole:
            digest.update(part)
        # The mask may have begun here and go on in the next piece.
        sure = max(0, len(rest) - len(mask) + 1)
        digest.update(rest[:sure])
        rest = rest[sure:]
    digest.update(rest)
    return digest.hexdigest()
