"""What can go wrong outside of a task.

DaglightError
├── UsageError        the command line, or a DAG id that is not there
├── RunRefused        Airflow would not make this run: its conf does not fit the params
├── LoadError         the DAG file does not import; knows the file, the line and the column
└── NotSupported      Airflow has it, daglight does not: the DAG is incomplete, never passed
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "DaglightError",
    "LoadError",
    "NotSupported",
    "Place",
    "RunRefused",
    "UsageError",
    "unsupported_uses",
]

#: All that was refused in this process: a DAG that swallows the exception is still incomplete.
unsupported_uses: list[str] = []


class DaglightError(Exception):
    """The base of everything that daglight itself raises."""


class UsageError(DaglightError):
    """The caller asked for something that can not be; the text says what would do."""


class RunRefused(DaglightError):  # noqa: N818 - it is Airflow's refusal
    """Airflow would make no such run; the text is Airflow's."""


class NotSupported(DaglightError):  # noqa: N818 - it is no error of the user's
    """A part of Airflow that daglight does not have was used, not merely imported."""

    def __init__(self, name: str) -> None:
        super().__init__(f"daglight has no {name}")
        unsupported_uses.append(str(self))


@dataclass(frozen=True)
class Place:
    """A position in the user's source: path, 1-based line, 1-based column (0: unknown)."""

    path: str
    line: int
    column: int = 0

    def excerpt(self) -> str:
        """The line and a caret under it; empty when the file can not be read."""
        try:
            text = (
                Path(self.path)
                .read_text(encoding="utf-8", errors="replace")
                .splitlines()[self.line - 1]
            )
        except (OSError, IndexError):
            return ""
        stripped = text.lstrip()
        column = max(self.column - (len(text) - len(stripped)), 1)
        return f"    {stripped}\n    {' ' * (column - 1)}^"


class LoadError(DaglightError):
    """The DAG file could not be loaded; `reason` is `Type: message` of what it raised."""

    def __init__(self, reason: str, place: Place | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place

    def explain(self) -> str:
        """Several lines for a person; the last one is the reason."""
        if self.place is None:
            return self.reason
        where = f"{self.place.path}:{self.place.line}"
        return "\n".join(part for part in (where, self.place.excerpt(), self.reason) if part)
