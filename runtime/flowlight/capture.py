"""Tells what bodies print from what all others do, by the context of the thread that writes."""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from flowlight.context import current_body
from flowlight.hooks import in_hook
from flowlight.runs import Run

__all__ = ["captured"]


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


class _Tee:
    """Stands for stdout: text goes on, and a copy of it to the run whose body wrote it."""

    def __init__(self, out: TextIO, tell: Callable[[Run, str], None]) -> None:
        self._out = out
        self._tell = tell

    def write(self, text: str) -> int:
        body, hook = current_body(), in_hook()
        if hook is not None:
            hook.printed.append(text)
        elif body is not None:
            self._tell(body, text)
        return self._out.write(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    @property
    def buffer(self) -> Any:
        """For what is no text."""
        self._bytes = self.__dict__.get("_bytes") or _Bytes(self)
        return self._bytes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._out, name)


@contextmanager
def captured(out: TextIO, tell: Callable[[Run, str], None]) -> Iterator[None]:
    """Inside, `sys.stdout` writes to `out` and tells which run wrote what."""
    before, sys.stdout = sys.stdout, _Tee(out, tell)
    try:
        yield
    finally:
        sys.stdout = before
