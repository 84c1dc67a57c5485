from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import utc

RECORDED = json.loads((Path(__file__).parent / "data/airflow2-dates.json").read_text())["rows"]
AUTOMATIC = [row for row in RECORDED if "automatic" in row]


def name(row: dict[str, Any]) -> str:
    return f"{row['schedule']} {row['timezone']} {row['at']}"


def plan(row: dict[str, Any]) -> str | timedelta | None:
    schedule = row["schedule"]
    return timedelta(seconds=schedule) if isinstance(schedule, float) else schedule


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def facts(run: Any) -> dict[str, Any]:
    return {
        "logical": run.logical_date,
        "interval": [run.data_interval_start, run.data_interval_end],
        "previous": run.prev_execution_date,
        "following": run.next_execution_date,
    }


def expected(recorded: dict[str, Any]) -> dict[str, Any]:
    return {
        "logical": moment(recorded["logical"]),
        "interval": [moment(text) for text in recorded["interval"]],
        "previous": moment(recorded["previous"]),
        "following": moment(recorded["following"]),
    }


@pytest.mark.parametrize("row", RECORDED, ids=name)
def test_a_run_for_a_date_has_the_dates_that_airflow_2_gives(compat, row):
    run = compat.airflow_run(moment(row["at"]), schedule=plan(row), timezone=row["timezone"])
    assert facts(run) == expected(row["asked"])


@pytest.mark.parametrize("row", AUTOMATIC, ids=name)
def test_a_scheduled_run_has_the_dates_that_airflow_2_gives(compat, made_by_schedule, row):
    made_by_schedule(moment(row["automatic"]["starts"]))
    run = compat.airflow_run(schedule=plan(row), timezone=row["timezone"])
    assert facts(run) == expected(row["automatic"])
    assert run.run_id == f"scheduled__{row['automatic']['logical']}"


def test_a_run_that_somebody_started_is_its_own_previous_and_next_one(compat):
    run = compat.airflow_run(schedule="0 6 * * *")
    assert facts(run) == {
        "logical": utc("2024-03-01T10:30"),
        "interval": [utc("2024-02-29T06:00"), utc("2024-03-01T06:00")],
        "previous": utc("2024-03-01T10:30"),
        "following": utc("2024-03-01T10:30"),
    }
    assert run.run_id == "manual__2024-03-01T10:30:00+00:00"


def test_a_scheduled_run_without_schedule_keeps_the_moment(compat, made_by_schedule):
    made_by_schedule(utc("2024-03-01T10:30"))
    run = compat.airflow_run()
    assert run.logical_date == run.data_interval_end == utc("2024-03-01T10:30")
    assert run.next_ds is None


@pytest.mark.parametrize("scheduled", [True, False])
def test_airflow_3_gives_one_moment_and_no_removed_names(compat, made_by_schedule, scheduled):
    if scheduled:
        made_by_schedule(utc("2024-03-01T06:00"))
    compat.prefect.runtime.flow_run.scheduled_start_time = utc("2024-03-01T06:00")
    run = compat.airflow_run(schedule="0 6 * * *", airflow=3)
    dates = {run.logical_date, run.data_interval_start, run.data_interval_end}
    assert dates == {utc("2024-03-01T06:00")}
    removed = {"execution_date", "prev_ds", "next_ds", "yesterday_ds", "tomorrow_ds_nodash"}
    assert not removed & run.context().keys()
    assert not hasattr(run.dag_run, "execution_date")


def test_every_name_of_a_date_is_written_as_airflow_writes_it(compat):
    run = compat.airflow_run(utc("2024-03-01T06:05:07"), schedule="0 6 * * *")
    assert (run.ds, run.ds_nodash) == ("2024-03-01", "20240301")
    assert run.ts == "2024-03-01T06:05:07+00:00"
    assert run.ts_nodash == "20240301T060507"
    assert run.ts_nodash_with_tz == "20240301T060507+0000"
    assert (run.yesterday_ds, run.yesterday_ds_nodash) == ("2024-02-29", "20240229")
    assert (run.tomorrow_ds, run.tomorrow_ds_nodash) == ("2024-03-02", "20240302")
    assert (run.prev_ds, run.prev_ds_nodash) == ("2024-03-01", "20240301")
    assert (run.next_ds, run.next_ds_nodash) == ("2024-03-01", "20240301")


def test_a_date_of_another_zone_becomes_utc_and_a_naive_one_is_utc(compat):
    berlin = datetime(2024, 1, 1, 1, tzinfo=ZoneInfo("Europe/Berlin"))
    assert compat.airflow_run(berlin).ts == "2024-01-01T00:00:00+00:00"
    assert compat.airflow_run(datetime(2024, 1, 1, 1)).ts == "2024-01-01T01:00:00+00:00"


def test_the_sixth_field_of_a_cron_line_is_seconds(compat):
    run = compat.airflow_run(utc("2024-01-01T00:01:00"), schedule="* * * * * */20")
    assert run.data_interval_end == utc("2024-01-01T00:01:00")
    assert run.data_interval_start == utc("2024-01-01T00:00:40")


def test_a_day_of_the_month_and_a_day_of_the_week_are_joined_as_airflow_does(compat):
    # Recorded of Airflow 2.11.2: tests/daglight/recorded/dates_cron_days.2.json.
    run = compat.airflow_run(utc("2024-03-05T00:00:00"), schedule="30 6 */2 * 1")
    assert run.data_interval_start == utc("2024-03-03T06:30:00")
    assert run.data_interval_end == utc("2024-03-04T06:30:00")


def test_conf_overrides_params_and_is_what_dag_run_shows(compat):
    run = compat.airflow_run(params={"a": 1, "b": 2}, conf={"b": 3}, dag_id="etl")
    assert run.params == {"a": 1, "b": 3}
    assert run.dag_run.conf == {"b": 3}
    assert run.dag_run.dag_id == run.dag.dag_id == "etl"
    assert compat.airflow_run().dag_run.conf == {}
    assert compat.airflow_run().dag.dag_id == "my_flow"


def test_days_ago_is_midnight(compat):
    yesterday = compat.days_ago(1, hour=2)
    assert (yesterday.hour, yesterday.minute, yesterday.microsecond) == (2, 0, 0)
    assert compat.days_ago(0) - compat.days_ago(3) == timedelta(days=3)
    assert yesterday.utcoffset() == timedelta(0)
