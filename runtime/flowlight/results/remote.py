"""File systems elsewhere, by way of fsspec: S3 and whatever else it has a driver for.

https://docs.prefect.io/v3/advanced/results. The drivers are not installed with flowlight:
`pip install 'dagferry[s3]'` brings fsspec and the one for S3.
"""

from __future__ import annotations

import urllib.parse
from pathlib import Path
from typing import Any

from pydantic import Field, PrivateAttr, field_validator

from flowlight.dispatch import awaited, dispatched
from flowlight.errors import NotSupported
from flowlight.results.filesystems import WritableFileSystem

__all__ = ["RemoteFileSystem"]


class RemoteFileSystem(WritableFileSystem):
    """A place named by a URL such as `s3://bucket/folder`; `settings` go to fsspec's driver."""

    _block_type_name = "Remote File System"
    _block_type_slug = "remote-file-system"

    basepath: str
    settings: dict[str, Any] = Field(default_factory=dict)
    _filesystem: Any = PrivateAttr(default=None)

    @field_validator("basepath")
    @classmethod
    def check_basepath(cls, value: str) -> str:
        """`ValueError` for what is no URL, and for `file:`."""
        scheme, place, *_ = urllib.parse.urlsplit(value)
        if not scheme:
            raise ValueError(f"Base path must start with a scheme. Got {value!r}.")
        if not place:
            raise ValueError(f"Base path must include a location after the scheme. Got {value!r}.")
        if scheme == "file":
            raise ValueError(
                "Base path scheme cannot be 'file'. Use `LocalFileSystem` instead for local file"
                " access."
            )
        return value

    @property
    def filesystem(self) -> Any:
        """Fsspec's file system; `NotSupported` says what to install when there is none."""
        if self._filesystem is None:
            scheme = urllib.parse.urlsplit(self.basepath).scheme
            try:
                import fsspec

                self._filesystem = fsspec.filesystem(scheme, **self.settings)
            except ImportError as error:
                raise NotSupported(
                    f"results in {self.basepath!r} need fsspec with its driver for {scheme!r}"
                    f" ({error}): pip install 'dagferry[s3]' brings the one for s3"
                ) from error
        return self._filesystem

    def _resolve_path(self, path: str) -> str:
        """The URL of a file below the base; `ValueError` for one outside of it."""
        base, asked = urllib.parse.urlsplit(self.basepath), urllib.parse.urlsplit(path)
        if asked.scheme and asked.scheme.lower() != base.scheme.lower():
            raise ValueError(
                f"Path {path!r} with scheme {asked.scheme!r} must use the same scheme as the base"
                f" path {base.scheme!r}."
            )
        steps = urllib.parse.unquote(asked.path).replace("\\", "/").split("/")
        below = base.path.rstrip("/") + "/"
        inside = asked.netloc in ("", base.netloc) and (
            not asked.netloc or (asked.path + "/").startswith(below)
        )
        if (asked.scheme and ".." in steps) or not inside:
            raise ValueError(f"Path {path!r} is outside of the base path {self.basepath!r}.")
        if asked.netloc:
            found = below if asked.path.rstrip("/") == below.rstrip("/") else asked.path
            return urllib.parse.urlunsplit((base.scheme, base.netloc, found, "", ""))
        return f"{self.basepath.rstrip('/')}/{asked.path.lstrip('/')}"

    @dispatched
    def read_path(self, path: str) -> bytes:
        """The bytes of a file; `FileNotFoundError` when there is none."""
        with self.filesystem.open(self._resolve_path(path), "rb") as file:
            content: bytes = file.read()
        return content

    @dispatched
    def write_path(self, path: str, content: bytes) -> str:
        """Write a file; its URL."""
        found = self._resolve_path(path)
        folder = found[: found.rindex("/")]
        self.filesystem.makedirs(folder, exist_ok=True)
        with self.filesystem.open(found, "wb") as file:
            file.write(content)
        return found

    @dispatched
    def get_directory(self, from_path: str | None = None, local_path: str | None = None) -> None:
        """Copy a folder below the base (by default all of it) to a local one."""
        source = self.basepath if from_path is None else self._resolve_path(from_path)
        target = Path(local_path or ".").absolute()
        self.filesystem.get(source.rstrip("/") + "/", str(target), recursive=True)

    @dispatched
    def put_directory(
        self,
        local_path: str | None = None,
        to_path: str | None = None,
        ignore_file: str | None = None,
        overwrite: bool = True,
    ) -> int:
        """Copy a local folder to one below the base; how many files that were."""
        if ignore_file is not None or not overwrite:
            raise NotSupported(
                "flowlight's RemoteFileSystem.put_directory takes no ignore_file and overwrites"
            )
        target = (self.basepath if to_path is None else self._resolve_path(to_path)).rstrip("/")
        source = Path(local_path or ".")
        files = [path for path in sorted(source.rglob("*")) if path.is_file()]
        for path in files:
            self.filesystem.put_file(str(path), f"{target}/{path.relative_to(source).as_posix()}")
        return len(files)

    aread_path = awaited(read_path)
    awrite_path = awaited(write_path)
    aget_directory = awaited(get_directory)
    aput_directory = awaited(put_directory)
