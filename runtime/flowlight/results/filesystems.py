"""File systems that results are kept in: folders of this machine, and what users subclass.

https://docs.prefect.io/v3/advanced/results. `remote.py` has the ones that are elsewhere.
"""

from __future__ import annotations

import abc
import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from pydantic import field_validator

from flowlight.blocks.core import Block
from flowlight.dispatch import awaited, dispatched
from flowlight.errors import NotSupported

__all__ = [
    "LocalFileSystem",
    "ReadableDeploymentStorage",
    "ReadableFileSystem",
    "WritableDeploymentStorage",
    "WritableFileSystem",
]


class ReadableFileSystem(Block, abc.ABC):
    """Something that files are read from; the method may be a coroutine function."""

    @abc.abstractmethod
    def read_path(self, path: str) -> Any:
        """The bytes of a file."""


class WritableFileSystem(ReadableFileSystem, abc.ABC):
    """Something that files are read from and written to; methods may be coroutine functions."""

    @abc.abstractmethod
    def write_path(self, path: str, content: bytes) -> Any:
        """Write a file."""


class ReadableDeploymentStorage(Block, abc.ABC):
    """Something that folders are fetched from; the method may be a coroutine function."""

    @abc.abstractmethod
    def get_directory(self, from_path: str | None = None, local_path: str | None = None) -> Any:
        """Copy a folder to a local one."""


class WritableDeploymentStorage(ReadableDeploymentStorage, abc.ABC):
    """Something that folders are fetched from and put to; methods may be coroutine functions."""

    @abc.abstractmethod
    def put_directory(
        self,
        local_path: str | None = None,
        to_path: str | None = None,
        ignore_file: str | None = None,
    ) -> Any:
        """Copy a local folder to it."""


class LocalFileSystem(WritableFileSystem, WritableDeploymentStorage):
    """A folder of this machine; without `basepath`, the working folder."""

    _block_type_name = "Local File System"
    _block_type_slug = "local-file-system"

    basepath: str | None = None

    @field_validator("basepath", mode="before")
    @classmethod
    def check_basepath(cls, value: Any) -> Any:
        """Paths are taken as text."""
        return str(value) if isinstance(value, Path) else value

    def _resolve_path(self, path: str | None) -> Path:
        """The path of a file below the base; `ValueError` for one outside of it."""
        base = Path(self.basepath or ".").expanduser().resolve()
        if path is None:
            return base
        found = (base / Path(path).expanduser()).resolve()
        if base != found and base not in found.parents:
            raise ValueError(f"Provided path {found} is outside of the base path {base}.")
        return found

    @dispatched
    def read_path(self, path: str) -> bytes:
        """The bytes of a file; `ValueError` when there is none."""
        found = self._resolve_path(path)
        if not found.exists():
            raise ValueError(f"Path {found} does not exist.")
        if not found.is_file():
            raise ValueError(f"Path {found} is not a file.")
        return found.read_bytes()

    @dispatched
    def write_path(self, path: str, content: bytes) -> str:
        """Write a file whole or not at all, making the folders on the way; its path."""
        found = self._resolve_path(path)
        found.parent.mkdir(parents=True, exist_ok=True)
        if found.exists() and not found.is_file():
            raise ValueError(f"Path {found} already exists and is not a file.")
        _replace(found, content)
        return str(found)

    @dispatched
    def get_directory(self, from_path: str | None = None, local_path: str | None = None) -> None:
        """Copy a folder below the base (by default all of it) to a local one."""
        source, target = self._resolve_path(from_path), Path(local_path or ".").resolve()
        _copy(source, target)

    @dispatched
    def put_directory(
        self,
        local_path: str | None = None,
        to_path: str | None = None,
        ignore_file: str | None = None,
    ) -> None:
        """Copy a local folder to one below the base."""
        if ignore_file is not None:
            raise NotSupported("flowlight's LocalFileSystem.put_directory takes no ignore_file")
        _copy(Path(local_path or ".").resolve(), self._resolve_path(to_path))

    aread_path = awaited(read_path)
    awrite_path = awaited(write_path)
    aget_directory = awaited(get_directory)
    aput_directory = awaited(put_directory)


def _replace(path: Path, content: bytes) -> None:
    """Another process that reads the path sees the file before or the file after."""
    handle, part = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(part, 0o666 & ~umask)  # mkstemp's files are for their owner alone
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(part)
        raise


def _copy(source: Path, target: Path) -> None:
    if (source / ".prefectignore").exists():
        raise NotSupported(f"flowlight does not honour {source / '.prefectignore'}; remove it")
    if source != target:
        shutil.copytree(source, target, dirs_exist_ok=True, symlinks=True)
