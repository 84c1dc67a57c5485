"""Takes what a body writes to stdout and gives it on, line by line."""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

__all__ = ["captured"]

_LONGEST = 17 << 20  # more than a trace holds in all, so that a line cut here makes it incomplete


class _Bytes(io.RawIOBase):
    """`sys.stdout.buffer`: what is written there is printed as well."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, data: Any) -> int:
        """Take a piece of text in bytes."""
        self._text.write(self._decode(bytes(data)))
        return len(data)


class _Lines(io.TextIOBase):
    encoding = "utf-8"

    def __init__(self, take: Callable[[str], None]) -> None:
        self._take = take
        self._open = ""

    def writable(self) -> bool:
        return True

    @property
    def buffer(self) -> Any:
        """For what is no text."""
        self._bytes = getattr(self, "_bytes", None) or _Bytes(self)
        return self._bytes

    def fileno(self) -> int:
        """Where programs that a body starts write to."""
        return 1

    def write(self, text: str) -> int:
        *lines, self._open = (self._open + text).split("\n")
        for line in lines:
            self._take(line)
        if len(self._open) > _LONGEST:
            self.finish()
        return len(text)

    def __del__(self) -> None:
        """There is nothing to close, which the base would do at length for every task."""

    def finish(self) -> None:
        if self._open:
            self._take(self._open)
        self._open = ""


class captured(AbstractContextManager[None]):  # noqa: N801  # used like a function
    """While it is open, every line that goes to `sys.stdout` goes to `take` instead."""

    def __init__(self, take: Callable[[str], None]) -> None:
        self._lines = _Lines(take)

    def __enter__(self) -> None:
        self._before, sys.stdout = sys.stdout, self._lines

    def __exit__(self, *_: object) -> None:
        try:
            self._lines.finish()
        finally:
            sys.stdout = self._before
