"""The help of every command, at a fixed width."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import click

from dagferry.cli import VERBS, group
from dagferry.reference.markdown import block, table

WIDTH = 90
# The engines are asked in a process of their own: the converter imports neither of them.
ENGINES = (("flowlight", "run"), ("flowlight", "runs"), ("flowlight", "logs"), ("daglight", "run"))
EXITS = (
    (
        "0",
        "done, with no required finding and no grade at or below `--fail-on`;"
        " for `diff` and `verify`: the same",
    ),
    (
        "1",
        "a required finding, whatever the grades, or a grade at or below `--fail-on` (`--fail-on never`: 0);"
        " for `diff` and `verify`: different",
    ),
    ("2", "wrong usage, unreadable input, or a fault of dagferry's own"),
    ("3", "`diff` and `verify`: something could not be checked, and nothing that was differs"),
    ("130", "interrupted; every file that was written is whole"),
)
_INTRO = """\
# Commands

The result goes to stdout, everything else to stderr. Colours, the width of the screen and progress are for
terminals only. Exit codes:

"""

_COUNTED = """
A finding is *required* when something would differ or is not converted, and *advisory* when a reader should
merely know; only required ones count. Those that `--ignore`, `--select`, `--baseline` or a comment
`# dagferry: ignore[DF301]` leaves out do not count. Grades always do: what is accepted with a comment is
still a stub.
"""


def cli_page() -> str:
    """The page."""
    parts = [
        _INTRO,
        table(("exit", "meaning"), EXITS),
        _COUNTED,
        _section("dagferry", _help(group)),
    ]
    for verb in VERBS:
        command = group.get_command(click.Context(group), verb)
        assert command is not None
        parts.append(_section(f"dagferry {verb}", _help(command, verb)))
    parts += [_section(f"{name} {verb}", _engine_help(name, verb)) for name, verb in ENGINES]
    return "".join(parts)


def _section(title: str, text: str) -> str:
    return f"\n## {title}\n\n{block(text)}"


def _help(command: click.Command, verb: str | None = None) -> str:
    parent = click.Context(group, info_name="dagferry") if verb is not None else None
    context = click.Context(
        command,
        parent=parent,
        info_name=verb or "dagferry",
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        help_option_names=["-h", "--help"],
    )
    return command.get_help(context)


def _engine_help(name: str, verb: str) -> str:
    command = [sys.executable, "-m", name, verb, "--help"]
    environment = {**os.environ, "COLUMNS": str(WIDTH), "NO_COLOR": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return _one_spelling(done.stdout)


def _one_spelling(text: str) -> str:
    """Python 3.13 writes `-p, --param X`, earlier ones `-p X, --param X`."""
    return re.sub(r"-(\w) (\S+), --([\w-]+) \2", r"-\1, --\3 \2", text)
