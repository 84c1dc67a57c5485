"""Tells what bodies print from what all others do, by the context of the thread that writes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from flowlight.context import current_body
from flowlight.runs import Run

__all__ = ["captured"]


class _Tee:
    """Stands for stdout: text goes on, and a copy of it to the run whose body wrote it."""

    def __init__(self, out: TextIO, tell: Callable[[Run, str], None]) -> None:
        self._out = out
        self._tell = tell

    def write(self, text: str) -> int:
        body = current_body()
        if body is not None:
            self._tell(body, text)
        return self._out.write(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

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
