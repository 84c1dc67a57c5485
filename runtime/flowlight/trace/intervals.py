"""Which data interval a converted flow takes for a start time: its own code is asked.

A flow that needs dates calls `airflow_run` of its helper, which keeps the schedule and computes by it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from typing import Any

__all__ = ["Intervals"]

_HELPER = "airflow_compat.run"


class Intervals:
    """Watches which schedule the helper of a flow is given; `of` asks the helper afterwards."""

    def __init__(self) -> None:
        self._helper = sys.modules.get(_HELPER)
        self._schedules: list[Any] = []

    def watch(self) -> None:
        """Let the helper's choice of dates tell its schedule; there is nothing to do without one."""
        choose: Callable[..., Any] | None = getattr(self._helper, "choose_dates", None)
        if choose is None or not hasattr(self._helper, "dates_scheduled"):
            return

        def chosen(schedule: Any, *arguments: Any, **named: Any) -> Any:
            self._schedules.append(schedule)
            return choose(schedule, *arguments, **named)

        vars(self._helper)["choose_dates"] = chosen

    def of(self, moments: Sequence[datetime]) -> list[list[str]] | None:
        """Start and end for a run of each moment by schedule; None where the flow asked for no dates."""
        if not self._schedules:
            return None
        found = []
        for moment in moments:
            helper: Any = self._helper
            dates = helper.dates_scheduled(self._schedules[0], helper.to_utc(moment))
            found.append([_iso(dates.start), _iso(dates.end)])
        return found


def _iso(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat()
