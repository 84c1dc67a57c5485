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


@dataclass(frozen=True)
class Written:
    """What became of the outputs: paths that were written, were the same, or were left alone."""

    written: tuple[str, ...]
    same: tuple[str, ...]
    kept: tuple[str, ...]


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
    return Written(tuple(written), tuple(same), tuple(kept))


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
