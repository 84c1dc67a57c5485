"""How a suite of statements ends, as far as following it tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from dagferry.source.abstract import Abstract


@dataclass(frozen=True)
class Perhaps:
    """What a suite returns in some runs; in others it goes on."""

    value: Abstract


class Leave(Enum):
    """How a loop's body ends early."""

    BREAK = auto()
    CONTINUE = auto()
    RAISE = auto()


Result = Abstract | Perhaps | Leave | None
