"""Writes data/airflow2-dates.json: what real Airflow 2 says about the dates of runs.

Run it with the interpreter of an environment that holds Airflow 2:

    AIRFLOW_HOME=$(mktemp -d) .../bin/python tests/compat/record_dates.py
"""

from __future__ import annotations

import json
import warnings
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import airflow
from airflow import DAG
from airflow.timetables.base import TimeRestriction

warnings.simplefilter("ignore")

AUTUMN = ["2024-10-27T00:15", "2024-10-27T00:30", "2024-10-27T01:30", "2024-10-28T12:00"]
SPRING = ["2024-03-31T00:30", "2024-03-31T01:00", "2024-03-31T01:30", "2024-04-01T12:00"]
PLAIN = [
    "2024-01-01T00:00",
    "2024-01-01T00:00:30",
    "2024-02-29T23:59:59.500000",
    "2024-03-01T06:00",
    "2024-05-31T05:59",
    "2024-12-31T12:34:56.789000",
]
CASES: list[tuple[str | float | None, str, list[str]]] = [
    *((schedule, "UTC", PLAIN) for schedule in ("@daily", "@hourly", "@weekly", "@monthly")),
    *((schedule, "UTC", PLAIN) for schedule in ("@quarterly", "@yearly", "@once", None)),
    *((schedule, "UTC", PLAIN) for schedule in ("0 6 * * *", "*/15 * * * *", "0 0 31 * *")),
    *((schedule, "UTC", PLAIN) for schedule in ("0 9 * * 1-5", "0 0 13 * 5", "0 0 * * 7")),
    *((schedule, "UTC", PLAIN) for schedule in ("0 0 L * *", "30 8 * * MON#1", "30 * * * 1")),
    *((schedule, "UTC", PLAIN) for schedule in (86400.0, 10800.0, 90.0)),
    ("0 9 * * 1-5", "America/New_York", PLAIN),
    ("45 23 * * *", "Asia/Kolkata", PLAIN),
    *(
        (schedule, "Europe/Berlin", AUTUMN + SPRING)
        for schedule in ("0 0 * * *", "30 2 * * *", "30 * * * *", "*/30 * * * *")
    ),
    *(
        (schedule, "Europe/Berlin", AUTUMN + SPRING)
        for schedule in ("0 */2 * * *", "15 1-3 * * *", 86400.0)
    ),
]


def text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def facts(dag: DAG, interval: Any, logical: datetime) -> dict[str, Any]:
    following = dag.next_dagrun_info(interval, restricted=False)
    return {
        "logical": text(logical),
        "interval": [text(interval.start), text(interval.end)],
        "previous": text(dag.previous_schedule(logical)),
        "following": text(following and following.logical_date),
    }


def row(schedule: str | float | None, zone: str, at: str) -> dict[str, Any]:
    import pendulum

    moment = pendulum.instance(datetime.fromisoformat(at).replace(tzinfo=timezone.utc))
    start = pendulum.datetime(2020, 1, 1, tz=zone)
    plan = timedelta(seconds=schedule) if isinstance(schedule, float) else schedule
    dag = DAG("d", start_date=start, schedule=plan)
    asked = dag.timetable.infer_manual_data_interval(run_after=moment)
    found = {"schedule": schedule, "timezone": zone, "at": text(moment)}
    found["asked"] = facts(dag, asked, moment)
    automatic = dag.timetable.next_dagrun_info(
        last_automated_data_interval=asked, restriction=TimeRestriction(None, None, True)
    )
    if automatic is not None:
        found["automatic"] = facts(dag, automatic.data_interval, automatic.logical_date)
        found["automatic"]["starts"] = text(automatic.run_after)
    return found


def main() -> None:
    rows = [row(schedule, zone, at) for schedule, zone, dates in CASES for at in dates]
    out = Path(__file__).parent / "data" / "airflow2-dates.json"
    document = {"airflow": airflow.__version__, "rows": rows}
    lines = ",\n".join(f"    {json.dumps(entry)}" for entry in rows)
    head = json.dumps({"airflow": document["airflow"]})[:-1]
    out.write_text(f'{head}, "rows": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
