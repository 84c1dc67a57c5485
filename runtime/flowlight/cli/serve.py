"""`flowlight serve`: runs deployments when they are due, until Ctrl-C."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0 when it was told to end, 2 wrong usage."""
    from flowlight.deployments.command import serve

    return serve(arguments)
