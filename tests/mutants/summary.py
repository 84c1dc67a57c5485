"""What a run over mutants came to: by operator, in all, and survivor by survivor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from judge import Judged
from operators import NAMES
from survivors import Reviewed, review_of

#: Of all mutants that are not equivalent, so many are to be rejected, in percent.
WANTED = 98.0
COLUMNS = ("verified", "different", "incomplete", "equivalent", "not seen")


@dataclass(frozen=True)
class Summary:
    """The judged mutants beside the reviewed survivors; `made`: how many mutants there are in all."""

    judged: tuple[Judged, ...]
    entries: tuple[Reviewed, ...]
    made: int = 0

    def counts(self, operator: str | None = None) -> dict[str, int]:
        """How many of one operator, or of all, came to what."""
        found = [one for one in self.judged if operator in (None, one.mutant.operator)]
        kinds = Counter(self._kind(one) for one in found)
        return {"verified": len(found), **{name: kinds[name] for name in COLUMNS[1:]}}

    def rows(self) -> list[tuple[str, dict[str, int]]]:
        """The counts of each operator."""
        return [(name, self.counts(name)) for name in NAMES]

    def rate(self) -> float:
        """Percent of the mutants that are not equivalent which were rejected."""
        counts = self.counts()
        possible = counts["verified"] - counts["equivalent"]
        return 100.0 * (possible - counts["not seen"]) / possible if possible else 0.0

    def survivors(self) -> list[Judged]:
        """Those that nothing was said against."""
        return [one for one in self.judged if one.survived]

    def unreviewed(self) -> list[Judged]:
        """Survivors that nobody has given a reason for."""
        return [one for one in self.survivors() if review_of(one.mutant.id, self.entries) is None]

    def stale(self) -> list[str]:
        """Reviewed survivors that are none any more."""
        ids = [one.mutant.id for one in self.survivors()]
        return [entry for one in self.entries for entry in one.unused(ids)]

    def by_reason(self) -> list[tuple[Reviewed, list[Judged]]]:
        """The survivors of each reason, those that are not equivalent first."""
        ordered: Sequence[Reviewed] = sorted(self.entries, key=lambda one: one.equivalent)
        found = []
        for entry in ordered:
            mine = [
                one for one in self.survivors() if review_of(one.mutant.id, self.entries) is entry
            ]
            found.append((entry, mine))
        return [(entry, mine) for entry, mine in found if mine]

    def _kind(self, one: Judged) -> str:
        if one.verdict == "different":
            return "different"
        if not one.survived:
            return "incomplete"
        entry = review_of(one.mutant.id, self.entries)
        return "equivalent" if entry is not None and entry.equivalent else "not seen"
