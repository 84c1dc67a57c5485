"""Findings: what a person must know about the conversion, each with a code that never changes."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

REQUIRED = "required"
ADVISORY = "advisory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to know: a code, where, what was met, and what to do. Lines and columns from 1.

    `cause` is what findings have in common that one mending would end; empty where it is the message.
    `dag_id` stands where several DAGs have the same code and the finding is about one of them.
    `stub` says that the task or the flow that it is about became a stub because of it.
    The sentences of findings stand in `messages.py`.
    """

    code: str
    message: str
    cause: str = ""
    stub: bool = False
    hint: str = ""
    severity: str = REQUIRED
    line: int = 1
    column: int = 1
    task_id: str | None = None
    dag_id: str | None = None
    construct: str | None = None

    def sort_key(self) -> tuple[int, int, str, str, str]:
        """The one order in which findings are written out."""
        return (self.line, self.column, self.code, self.task_id or "", self.message)


def fault(error: Exception) -> Finding:
    """A crash of our own as a finding, with the traceback as its hint."""
    return Finding(
        code="DF901",
        cause="a fault of dagferry's own",
        message=f"a fault of dagferry's own: {type(error).__name__}: {error}; the file is not converted",
        hint="".join(traceback.format_exception(error)),
    )
