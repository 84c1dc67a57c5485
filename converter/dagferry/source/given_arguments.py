"""The arguments of a call after they were followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dagferry.source.abstract import Abstract, Origin


@dataclass(frozen=True)
class Given:
    """The arguments of a call after they were followed.

    `plain` is False when there may be others; `origins` are the expressions of named arguments.
    """

    positional: Sequence[Abstract]
    named: Mapping[str, Abstract]
    plain: bool
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def all(self) -> list[Abstract]:
        """Every argument."""
        return [*self.positional, *self.named.values()]
