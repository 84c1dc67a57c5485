"""The clock of a run: it moves only when something waits, so a day takes no time."""

from __future__ import annotations

from datetime import datetime, timedelta

from daglight.moment import DateTime, as_moment

__all__ = ["SimulatedClock"]


class SimulatedClock:
    """Starts at the moment of the run; `elapsed` is in seconds."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self.elapsed = 0.0

    def now(self) -> DateTime:
        """The moment it is in the run."""
        return as_moment(self._start + timedelta(seconds=self.elapsed))

    def sleep(self, seconds: float) -> None:
        """Let so much time pass."""
        self.elapsed += max(seconds, 0.0)

    def advance_to(self, elapsed: float) -> None:
        """Let time pass until then, if it is not past already."""
        self.elapsed = max(self.elapsed, elapsed)
