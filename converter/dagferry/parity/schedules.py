"""What the two traces say of a schedule, and what the conversion has said about it already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from dagferry.parity.trace import Json, Trace

#: Where the windows of a flow begin whose DAG has no times of its own.
MOMENTS = ("2024-01-01T00:00:00+00:00", "2024-07-01T00:00:00+00:00")
#: Findings that say that something of a schedule is not the same.
CODES = ("DF202", "DF203", "DF204", "DF205", "DF206", "DF209", "DF211", "DF212")


def moments(airflow: Trace) -> list[str]:
    """From when on the flow is asked for its start times: as the DAG was, for both look at the same."""
    return [window["from"] for window in windows(airflow.schedule or {})] or list(MOMENTS)


def windows(schedule: Mapping[str, Json]) -> Sequence[Mapping[str, Json]]:
    """The windows of a schedule, none for one that has no times."""
    found: Sequence[Mapping[str, Json]] = schedule.get("windows") or ()
    return found


def named_codes(file: Mapping[str, Any], line: int) -> tuple[str, ...]:
    """The codes of `CODES` that the manifest has for the DAG which begins at that line of its file.

    A finding belongs to the last DAG that begins before it, and above the first one to all of them.
    """
    lines = [int(dag.get("line") or 0) for dag in file.get("dags", ())]
    found = {
        one["code"]
        for one in file.get("findings", ())
        if one["code"] in CODES
        and max((begins for begins in lines if begins <= one["line"]), default=line) == line
    }
    return tuple(sorted(found))


def distances(times: Sequence[str]) -> list[float]:
    """The seconds between each two of some times."""
    read = [datetime.fromisoformat(one) for one in times]
    return [(later - one).total_seconds() for one, later in pairwise(read)]
