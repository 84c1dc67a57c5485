"""Writes an output folder: whole files only, and nothing over a file that somebody edited."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dagferry import manifest as manifests
from dagferry.errors import OutputError
from dagferry.helper import HELPER, OLD_HELPER, is_helper


@dataclass(frozen=True)
class Written:
    """What became of the outputs: paths that were written, were the same, or were left alone.

    `removed` is what an earlier version wrote and this one does not; `shadowed` is that, edited.
    """

    written: tuple[str, ...]
    same: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...] = ()
    shadowed: tuple[str, ...] = ()


def sort_out(
    folder: Path, outputs: Mapping[str, bytes], manifest: Mapping[str, Any] | None, *, force: bool
) -> Written:
    """Which outputs to write: a file that is not as it was generated stays, unless `force`."""
    known = manifest["outputs"] if manifest else {}
    written, same, kept = [], [], []
    for path, data in sorted(outputs.items()):
        present = _present(folder / path)
        if present == data:
            same.append(path)
        elif present is None or force or manifests.digest(present) == known.get(path):
            written.append(path)
        else:
            kept.append(path)
    removed, shadowed = _old_helper(folder, outputs, known, force)
    return Written(tuple(written), tuple(same), tuple(kept), removed, shadowed)


def _old_helper(
    folder: Path, outputs: Mapping[str, bytes], known: Mapping[str, str], force: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The helper of an earlier version, to be removed or left alone: the package is imported instead."""
    present = None if OLD_HELPER in outputs else _present(folder / OLD_HELPER)
    if present is None or not any(map(is_helper, outputs)):
        return (), ()
    ours = force or manifests.digest(present) == known.get(OLD_HELPER)
    return ((OLD_HELPER,), ()) if ours else ((), (OLD_HELPER,))


def helper_in(folder: Path) -> tuple[str, ...]:
    """The files of the helper that are in an output folder."""
    files = [folder / OLD_HELPER, *sorted((folder / HELPER).glob("*.py"))]
    return tuple(file.relative_to(folder).as_posix() for file in files if file.is_file())


def _present(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except (IsADirectoryError, NotADirectoryError) as error:
        raise OutputError(f"expected a file or nothing at {file}, found a folder") from error


def write_file(file: Path, data: bytes) -> None:
    """Write a file under a temporary name and rename it, so that nobody sees half of it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    except OSError as error:
        raise OutputError(f"cannot write {file}: {error.strerror}") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def check_place(output: Path, root: Path, inputs: Iterable[str]) -> None:
    """Refuse an output folder that is the input folder, or holds a file of it. Raises OutputError.

    `inputs` are the paths of the input files below `root`.
    """
    place, source = output.resolve(), root.resolve()
    if place == source or any(place in (source / path).parents for path in inputs):
        raise OutputError(
            f"the output folder {output} is the input folder or holds files of it; give it a place of its own"
        )
    if output.exists() and not output.is_dir():
        raise OutputError(f"expected a folder for the output, found a file at {output}")
