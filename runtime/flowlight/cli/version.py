"""`flowlight version`: which flowlight this is, and whose behaviour it follows."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from importlib import metadata

from flowlight.surface import VERSION

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Exit code 0, or 2 for arguments, of which there are none."""
    if arguments:
        sys.stderr.write("usage: flowlight version\n")
        return 2
    sys.stdout.write(
        f"flowlight {metadata.version('dagferry')}, with the API of Prefect {VERSION},"
        f" Python {platform.python_version()}\n"
    )
    return 0
