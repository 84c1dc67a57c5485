"""The reviewed survivors: `survivors.yaml`, a list of reasons with the mutants that each is given for.

Every entry has `reason`, `equivalent` (whether the mutant does the same in every run) and `mutants`: ids, in
which `*` stands for any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("survivors.yaml")


@dataclass(frozen=True)
class Reviewed:
    """A reason and the mutants that survive for it."""

    reason: str
    equivalent: bool
    mutants: tuple[str, ...]

    @cached_property
    def _patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((one, _pattern(one)) for one in self.mutants)

    def covers(self, mutant_id: str) -> bool:
        """Whether one of its entries is this mutant's."""
        return any(pattern.fullmatch(mutant_id) for _, pattern in self._patterns)

    def unused(self, survivors: Iterable[str]) -> list[str]:
        """Its entries that none of the survivors fits."""
        ids = list(survivors)
        return [
            one
            for one, pattern in self._patterns
            if not any(pattern.fullmatch(mutant_id) for mutant_id in ids)
        ]


def _pattern(entry: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(piece) for piece in entry.split("*")), re.DOTALL)


def reviewed(file: Path = FILE) -> tuple[Reviewed, ...]:
    """All entries; raises `KeyError` for one that lacks something."""
    entries = yaml.safe_load(file.read_text("utf-8")) or []
    return tuple(
        Reviewed(entry["reason"], bool(entry["equivalent"]), tuple(entry["mutants"]))
        for entry in entries
    )


def review_of(mutant_id: str, entries: Sequence[Reviewed]) -> Reviewed | None:
    """The first entry that covers a mutant."""
    return next((one for one in entries if one.covers(mutant_id)), None)
