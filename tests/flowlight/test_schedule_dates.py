"""Random schedules on flowlight and on real Prefect, in one process of Prefect's environment."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flowlight.deployments.server_schedules import CronSchedule, IntervalSchedule, RRuleSchedule
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

PREFECT = Path(__file__).parents[2] / ".envs" / "prefect" / "bin" / "python"

KINDS: dict[str, Any] = {
    "cron": CronSchedule,
    "interval": IntervalSchedule,
    "rrule": RRuleSchedule,
}
ZONES = ["UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata"]
_SHOWN = 12

_ASK = """
import json, sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo
from prefect.server.schemas import schedules

KINDS = {"cron": schedules.CronSchedule, "interval": schedules.IntervalSchedule,
         "rrule": schedules.RRuleSchedule}
answers = []
for kind, fields, start in json.load(sys.stdin):
    at = datetime.fromisoformat(start)
    try:
        dates = KINDS[kind](**fields)._get_dates_generator(n=12, start=at)
        answers.append([date.isoformat() for date in dates])
    except Exception as error:
        answers.append([type(error).__name__])
json.dump(answers, sys.stdout)
"""


def numbers(low: int, high: int, names: tuple[str, ...] = ()) -> st.SearchStrategy[str]:
    one = st.integers(low, high).map(str)
    pair = st.tuples(st.integers(low, high), st.integers(low, high)).map(sorted)
    return st.one_of(
        st.just("*"),
        one,
        pair.map(lambda p: f"{p[0]}-{p[1]}"),
        st.integers(1, max(high // 2, 1)).map(lambda n: f"*/{n}"),
        st.lists(one, min_size=1, max_size=3).map(",".join),
        *([st.sampled_from(names)] if names else []),
    )


crons = st.tuples(
    numbers(0, 59),
    numbers(0, 23),
    numbers(1, 28, ("l",)),
    numbers(1, 12, ("jan", "MAR-may")),
    numbers(0, 6, ("mon-fri", "sun", "2#1", "l5")),
).map(" ".join)
intervals = st.one_of(st.integers(60, 10_000), st.integers(1, 60).map(lambda n: n * 43_200))
rules = st.tuples(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 7),
    st.sampled_from(["", ";BYDAY=MO,SA,SU", ";BYHOUR=1,2,3;BYMINUTE=30", ";COUNT=1500"]),
).map(lambda p: f"FREQ={p[0]};INTERVAL={p[1]}{p[2]}")
zones = st.sampled_from(ZONES)
asked = st.one_of(
    st.tuples(
        st.just("cron"),
        st.fixed_dictionaries({"cron": crons, "timezone": zones, "day_or": st.booleans()}),
    ),
    st.tuples(
        st.just("interval"),
        st.fixed_dictionaries(
            {
                "interval": intervals,
                "timezone": zones,
                "anchor_date": st.just("2024-01-01T02:30:00+00:00"),
            }
        ),
    ),
    st.tuples(st.just("rrule"), st.fixed_dictionaries({"rrule": rules, "timezone": zones})),
)
# the changes of the clock of 2024 in all these zones are within a day of one of these
starts = st.tuples(
    st.sampled_from(["2024-03-09", "2024-03-30", "2024-04-06", "2024-10-05", "2024-11-02"]),
    st.integers(0, 48 * 3600),
).map(lambda p: datetime.fromisoformat(p[0] + "T00:00:00+00:00") + timedelta(seconds=p[1]))


@pytest.mark.prefect
def test_dates_of_random_schedules_are_those_of_prefect() -> None:
    found: list[tuple[str, dict[str, Any], str]] = []

    @seed(20240101)
    @settings(
        max_examples=200,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(asked, starts)
    def collect(what: tuple[str, dict[str, Any]], start: datetime) -> None:
        found.append((*what, start.isoformat()))

    collect()
    done = subprocess.run(
        [str(PREFECT), "-c", _ASK],
        input=json.dumps(found),
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    for (kind, fields, start), expected in zip(found, json.loads(done.stdout)):
        at = datetime.fromisoformat(start)
        try:
            made = KINDS[kind](**fields)
            dates = [date.isoformat() for date in made._get_dates_generator(_SHOWN, at)]
        except Exception as error:
            dates = [type(error).__name__]
        assert dates == expected, (kind, fields, start)
    assert len(found) >= 200


def test_a_rule_of_minutes_does_not_count_all_minutes_since_2020() -> None:
    at = datetime(2120, 1, 1, tzinfo=ZoneInfo("UTC"))
    rule = RRuleSchedule(rrule="FREQ=SECONDLY;INTERVAL=7")
    (first,) = rule._get_dates_generator(1, at)
    since = (first - datetime(2020, 1, 1, tzinfo=ZoneInfo("UTC"))).total_seconds()
    assert since % 7 == 0
    assert 0 <= (first - at).total_seconds() < 7
