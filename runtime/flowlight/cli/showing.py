"""Log records for a person at a terminal."""

from __future__ import annotations

import sys

from flowlight.loading import UserError
from flowlight.logs import show_logs

__all__ = ["show"]


def show() -> None:
    """Write log records to stderr; `UserError` for a level that is none."""
    try:
        show_logs(sys.stderr)
    except ValueError as error:
        raise UserError(str(error)) from None
