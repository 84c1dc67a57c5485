"""Takes what a body writes to stdout and gives it on, line by line."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout

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

    def finish(self) -> None:
        if self._open:
            self._take(self._open)
        self._open = ""


@contextmanager
def captured(take: Callable[[str], None]) -> Iterator[None]:
    """While it is open, every line that goes to `sys.stdout` goes to `take` instead."""
    lines = _Lines(take)
    with redirect_stdout(lines):
        try:
            yield
        finally:
            lines.finish()
