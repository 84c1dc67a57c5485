"""Findings: what a person must know about the conversion, each with a code that never changes."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

REQUIRED = "required"
ADVISORY = "advisory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to know: a code, where, what was met, and what to do. Lines and columns from 1."""

    code: str
    message: str
    hint: str = ""
    severity: str = REQUIRED
    line: int = 1
    column: int = 1
    task_id: str | None = None
    construct: str | None = None

    def sort_key(self) -> tuple[int, int, str, str, str]:
        """The one order in which findings are written out."""
        return (self.line, self.column, self.code, self.task_id or "", self.message)


def fault(error: Exception) -> Finding:
    """A crash of our own as a finding, with the traceback as its hint."""
    return Finding(
        code="DF901",
        message=f"a fault of dagferry's own: {type(error).__name__}: {error}; the file is not converted",
        hint="".join(traceback.format_exception(error)),
    )
