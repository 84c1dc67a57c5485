"""From paths to files: what is read, what is passed over, and why."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dagferry import messages
from dagferry.errors import UsageError
from dagferry.findings import Finding
from dagferry.source.reached import reached
from dagferry.source.roots import Layout, layout_of

IGNORE_FILE = ".airflowignore"
#: A folder with this file was written by `convert`.
MANIFEST = "dagferry.json"
_CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
MAX_BYTES = 2_000_000
_SKIPPED = {"__pycache__", "node_modules", "venv"}


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of the folder: its path relative to the root, and its text or the problem with it."""

    path: str
    data: bytes
    text: str | None
    problem: Finding | None = None


@dataclass(frozen=True)
class Input:
    """What a command was pointed at: the root folder, its files, and those that were asked for.

    The others are modules that those import, where only a file was asked for. `given_roots` are folders
    that somebody named as import roots, relative to the root folder (empty for the root folder itself).
    """

    root: Path
    files: tuple[InputFile, ...]
    selected: frozenset[str]
    given_roots: tuple[str, ...] = ()

    @cached_property
    def layout(self) -> Layout:
        """Which module each Python file is."""
        texts = {file.path: file.text or "" for file in self.files if file.path.endswith(".py")}
        return layout_of(texts, self.given_roots, self.root.parts[1:])

    @property
    def roots(self) -> tuple[str, ...]:
        """The import roots, relative to the root folder, which is `.`."""
        return tuple(root or "." for root in self.layout.used)


def read_input(paths: Sequence[Path], roots: Sequence[Path] = ()) -> Input:
    """Read everything under the paths, and what single files among them import from around them.

    Raises UsageError when a path or a root is not there.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(f"expected a DAG file or a folder, found nothing at {path}")
    for folder in roots:
        if not folder.is_dir():
            raise UsageError(f"--root: expected a folder, found none at {folder}")
    given = [Path(os.path.abspath(folder)) for folder in roots]
    asked = {file for path in paths for file in _walk(path)}
    single = [Path(os.path.abspath(path)) for path in paths if path.is_file()]
    # Roots that were named hold modules of folders, too.
    found = asked | reached(sorted(asked) if given else single, given)
    root = _root(paths, found, given)
    files = tuple(_read(file, root) for file in sorted(found))
    relative = [folder.relative_to(root).as_posix() for folder in given]
    named = tuple("" if one == "." else one for one in relative)
    return Input(root, files, frozenset(file.relative_to(root).as_posix() for file in asked), named)


def _root(paths: Sequence[Path], found: Iterable[Path], given: Iterable[Path]) -> Path:
    folders = [os.path.abspath(path if path.is_dir() else path.parent) for path in paths]
    return Path(
        os.path.commonpath([*folders, *(str(file.parent) for file in found), *map(str, given)])
    )


def _walk(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield Path(os.path.abspath(path))
        return
    # os.walk does not follow links to folders, so a loop of links cannot hold it.
    top = os.path.abspath(path)
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(one for one in folders if _is_read(Path(folder, one)))
        for name in sorted(names):
            hidden = name.startswith(".") and name != IGNORE_FILE
            if not hidden and not name.endswith(".pyc"):
                yield Path(folder, name)


def _is_read(folder: Path) -> bool:
    """Not caches and the like, nor what `convert` wrote: its own output is no input."""
    hidden = folder.name in _SKIPPED or folder.name.startswith(".")
    return not hidden and not (folder / MANIFEST).is_file()


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
    """The coding that a comment asks Python to read the file by, unless it is UTF-8 (PEP 263)."""
    for line in data.split(b"\n")[:2]:
        found = _CODING.match(line)
        if found is not None:
            return _name_of_coding(found[1].decode("ascii"))
        if line.strip() and not line.lstrip().startswith(b"#"):
            return None
    return None


def _name_of_coding(asked: str) -> str | None:
    try:
        name = codecs.lookup(asked).name
    except LookupError:
        return "what Python does not know"
    return None if name in {"utf-8", "utf-8-sig"} else name
