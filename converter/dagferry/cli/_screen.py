"""Lines for people: in colour and cut to the width on a terminal, plain when piped."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

_WIDEST = 140


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, and how a terminal shows it (a style of rich)."""

    text: str
    style: str = ""


def width() -> int | None:
    """The columns of the terminal; None where stdout is none."""
    return min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else None


def show(lines: Iterable[Line]) -> None:
    """Write lines to stdout."""
    if not sys.stdout.isatty():
        click.echo("\n".join(line.text.rstrip() for line in lines))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in lines:
        console.print(Text(line.text, style=line.style), soft_wrap=True)


@contextmanager
def working(what: str, *, quiet: bool = False) -> Iterator[None]:
    """Say on stderr that something goes on, as long as it does; on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield
