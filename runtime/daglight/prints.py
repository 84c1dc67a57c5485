"""Takes what a body writes to stdout and gives it on, line by line."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

__all__ = ["captured"]

_LONGEST = 17 << 20  # more than a trace holds in all, so that a line cut here makes it incomplete


class _Lines(io.TextIOBase):
    encoding = "utf-8"

    def __init__(self, take: Callable[[str], None]) -> None:
        self._take = take
        self._open = ""

    def writable(self) -> bool:
        return True

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
