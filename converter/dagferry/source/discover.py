"""From paths to files: what is read, what is passed over, and why."""

from __future__ import annotations

import io
import os
import stat
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dagferry import messages
from dagferry.errors import UsageError
from dagferry.findings import Finding

IGNORE_FILE = ".airflowignore"
MAX_BYTES = 2_000_000
_SKIPPED = {"__pycache__", "node_modules", "venv"}


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of the folder: its path relative to the root, and its text or the problem with it."""

    path: str
    data: bytes
    text: str | None
    problem: Finding | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """What a command was pointed at: the root folder, its files, and those that were asked for.

    `roots` are the folders that imports are looked for in, relative to the root folder.
    """

    root: Path
    files: tuple[InputFile, ...]
    selected: frozenset[str]
    roots: tuple[str, ...] = (".",)


def read_input(paths: Sequence[Path]) -> Input:
    """Read everything under the paths. Raises UsageError when a path is not there."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"expected a DAG file or a folder, found nothing at {path}")
    root = _root(paths)
    found = sorted({file for path in paths for file in _walk(path)})
    files = tuple(_read(file, root) for file in found)
    return Input(root, files, frozenset(f.path for f in files))


def _root(paths: Sequence[Path]) -> Path:
    folders = [path if path.is_dir() else path.parent for path in paths]
    return Path(os.path.commonpath([os.path.abspath(folder) for folder in folders]))


def _walk(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield Path(os.path.abspath(path))
        return
    # os.walk does not follow links to folders, so a loop of links cannot hold it.
    for folder, folders, names in os.walk(os.path.abspath(path)):
        folders[:] = sorted(f for f in folders if f not in _SKIPPED and not f.startswith("."))
        for name in sorted(names):
            hidden = name.startswith(".") and name != IGNORE_FILE
            if not hidden and not name.endswith(".pyc"):
                yield Path(folder, name)


def _read(file: Path, root: Path) -> InputFile:
    path = file.relative_to(root).as_posix()
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            return InputFile(
                path, b"", None, messages.found("unreadable", reason="it is not a regular file")
            )
        size = status.st_size
        if size > MAX_BYTES:
            return InputFile(path, b"", None, _too_large(size))
        data = file.read_bytes()
    except OSError as error:
        return InputFile(
            path, b"", None, messages.found("unreadable", reason=error.strerror or str(error))
        )
    if not path.endswith(".py"):
        return InputFile(path, data, None)
    return _decoded(path, data)


def _too_large(size: int) -> Finding:
    return messages.found("too large", most=f"{MAX_BYTES:,}", size=f"{size:,}")


def _decoded(path: str, data: bytes) -> InputFile:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"{data[error.start]:02x}"
        problem = messages.found("not UTF-8", byte=byte, line_number=line, line=line)
        return InputFile(path, data, None, problem)
    if not text.isascii() and (coding := _other_coding(data)):
        return InputFile(path, data, None, messages.found("another coding", coding=coding))
    return InputFile(path, data, text.replace("\r\n", "\n").replace("\r", "\n"))


def _other_coding(data: bytes) -> str | None:
    """The coding that a comment asks Python to read the file by, unless it is UTF-8."""
    try:
        coding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError:
        return "what Python does not know"
    return None if coding in {"utf-8", "utf-8-sig"} else coding
