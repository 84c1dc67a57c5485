"""Text of the user's own files; what cannot be read is said without a traceback."""

from __future__ import annotations

from pathlib import Path

from flowlight.loading import UserError

__all__ = ["text_of"]


def text_of(path: Path) -> str:
    """The text of a file; `UserError` when it cannot be read or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"{path}:{line}: expected UTF-8 text, found the byte 0x{byte:02x}; save it as UTF-8"
        ) from None
