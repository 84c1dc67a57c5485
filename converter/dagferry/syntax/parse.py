"""From text to libcst's tree, and a good message for text that is no Python.

Nothing else in dagferry imports libcst but the modules of this package.
"""

from __future__ import annotations

import re
import warnings

import libcst as cst

from dagferry.syntax.depth import MOST_BRACKETS, most_brackets

# `ast.PyCF_ONLY_AST`: the compiler stops behind the parser (a fixed number of CPython's).
_ONLY_PARSE = 0x400
_PLACE = re.compile(r"error at (\d+):(\d+)")


class Unreadable(Exception):  # noqa: N818 - an answer: this text is no Python
    """A text that is no Python: the reason, its line and column (from 1), and the line itself."""

    def __init__(self, reason: str, line: int, column: int, source: str = "") -> None:
        super().__init__(f"{line}:{column}: {reason}")
        self.reason = reason
        self.line = line
        self.column = column
        self.source = source


def parse(text: str) -> cst.Module:
    r"""The tree of a module whose line ends are `\n`. Raises Unreadable.

    The tree ends with a line end, also where the text does not, and its last lines hold no blanks:
    libcst loses a comment above such a line.
    """
    if "\0" in text:
        raise _refused(text, "source code string cannot contain null bytes")
    if most_brackets(text) > MOST_BRACKETS:
        raise _refused(text, "too many nested brackets")
    try:
        return cst.parse_module(_ended(text))
    except cst.ParserSyntaxError as error:
        # Its text as a whole shows a line, and fails where that is behind the last one.
        raise _refused(text, error.message) from None
    except (cst.CSTValidationError, UnicodeEncodeError) as error:
        raise _refused(text, str(error)) from None
    except RecursionError:
        raise _refused(text, "too many nested brackets, calls or operators") from None


def _ended(text: str) -> str:
    kept = text.rstrip(" \t\n")
    return kept + "\n" * max(1, text.count("\n", len(kept)))


def _refused(text: str, reason: str) -> Unreadable:
    """What Python's compiler says, whose places are good; else libcst's own reason."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            compile(text, "<dag file>", "exec", _ONLY_PARSE, dont_inherit=True)
    except SyntaxError as error:
        return Unreadable(
            error.msg, error.lineno or _nul_line(text), error.offset or 1, _line_of(error)
        )
    except (ValueError, RecursionError) as error:
        return Unreadable(str(error), _nul_line(text), 1)
    return _own_reason(text, reason)


def _line_of(error: SyntaxError) -> str:
    return (error.text or "").rstrip("\n")


def _nul_line(text: str) -> int:
    before, nul, _ = text.partition("\0")
    return before.count("\n") + 1 if nul else 1


def _own_reason(text: str, reason: str) -> Unreadable:
    """Python reads it and libcst does not: the true place stands in libcst's message."""
    place = _PLACE.search(reason)
    if place is None:
        return Unreadable(reason or "libcst cannot read it", 1, 1)
    line = int(place[1])
    lines = text.split("\n")
    said = reason[place.end() :].lstrip(": ") or reason
    return Unreadable(said, line, int(place[2]) + 1, lines[line - 1] if line <= len(lines) else "")
