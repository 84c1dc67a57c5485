"""The exceptions of dagferry.

DagferryError               what a person can mend; shown without a traceback, exit code 2
├── UsageError              the command was asked for something that makes no sense
└── OutputError             the output folder cannot be written as asked

`Impossible` is no error: constant folding raises it to say "only a run knows".
"""

from __future__ import annotations


class DagferryError(Exception):
    """A mistake that the person at the keyboard can mend: what was expected, found, and to do."""


class UsageError(DagferryError):
    """The command line asks for something that makes no sense."""


class OutputError(DagferryError):
    """The output folder cannot be written as asked."""


class Impossible(Exception):  # noqa: N818 - not an error, an answer (the name is Jinja's)
    """The value of this expression cannot be known without running the file."""
