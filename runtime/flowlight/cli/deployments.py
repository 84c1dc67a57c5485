"""`flowlight deployments`: what `flowlight serve` knows, and what it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0, or 2 for wrong usage."""
    from flowlight.deployments.command import deployments

    return deployments(arguments)
