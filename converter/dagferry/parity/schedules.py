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


def named_codes(
    files: Sequence[Mapping[str, Any]], path: str, dag: Mapping[str, Any]
) -> tuple[str, ...]:
    """The codes of `CODES` that the manifest has for a DAG that the file at `path` makes.

    They stand with its code, which may be in another file. A finding belongs to the last DAG that begins
    before it, and above the first one to all of them, unless it names one.
    """
    home, line = dag.get("path") or path, int(dag.get("line") or 0)
    lines = [
        int(one.get("line") or 0)
        for file in files
        for one in file.get("dags", ())
        if (one.get("path") or file["path"]) == home
    ]
    findings = [f for file in files if file["path"] == home for f in file.get("findings", ())]
    found = {
        one["code"]
        for one in findings
        if one["code"] in CODES
        and one.get("dag_id") in (None, dag["dag_id"])
        and max((begins for begins in lines if begins <= one["line"]), default=line) == line
    }
    return tuple(sorted(found))


def distances(times: Sequence[str]) -> list[float]:
    """The seconds between each two of some times."""
    read = [datetime.fromisoformat(one) for one in times]
    return [(later - one).total_seconds() for one, later in pairwise(read)]
