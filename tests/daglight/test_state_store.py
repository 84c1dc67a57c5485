"""What a task keeps between its tries, and with an asset; partitions, which a run by hand has not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conftest import Folder

TaskOf = Callable[[dict[str, Any], str], dict[str, Any]]
STORES = """
from datetime import timedelta
from airflow.sdk import Asset, AssetAlias, task
from airflow.sdk.execution_time.context import NEVER_EXPIRE

ONE, TWO = Asset(name="one"), Asset(name="two")

def error(function, *arguments):
    try:
        function(*arguments)
    except Exception as found:
        return f"{type(found).__name__}: {found}"

with DAG("d", **OPTIONS):
    @task(retries=1, retry_delay=timedelta(seconds=1))
    def tries(task_state_store, ti):
        seen = task_state_store.get("seen", [])
        task_state_store.set("seen", [*seen, ti.try_number], retention=NEVER_EXPIRE)
        seen.append("a copy")
        if ti.try_number == 1:
            raise ValueError("again")
        return task_state_store.get("seen"), error(task_state_store.set, "none", None)

    @task(outlets=[ONE, TWO])
    def writes(asset_state_store):
        asset_state_store[ONE].set("mark", {"n": 1})
        return error(asset_state_store.get, "mark"), error(lambda: asset_state_store[Asset("no")])

    @task(inlets=[ONE])
    def reads(asset_state_store, task_state_store):
        task_state_store.clear()
        return asset_state_store.get("mark"), task_state_store.get("seen", "nothing")

    @task(inlets=[ONE])
    def waits(asset_state_store):
        return asset_state_store.aget("mark")

    tries() >> writes() >> reads() >> waits()
"""
PARTITIONS = """
from airflow.sdk import (
    Asset, AssetAccessControl, AssetOrTimeSchedule, CronPartitionTimetable, CronTriggerTimetable,
    DayWindow, PartitionedAssetTimetable, PartitionedAtRuntime, RollupMapper, StartOfDayMapper,
    Window, task,
)

ONE = Asset(name="one", access_control=AssetAccessControl(producer_teams=["a"]))
WINDOW = DayWindow(direction=Window.Direction.FORWARD)
MAPPER = RollupMapper(upstream_mapper=StartOfDayMapper(), window=WINDOW)
SCHEDULES = {
    "clock": CronPartitionTimetable("0 * * * *", timezone="UTC"),
    "assets": PartitionedAssetTimetable(assets=Asset.ref(name="one"), default_partition_mapper=MAPPER),
    "runtime": PartitionedAtRuntime(),
    "both": AssetOrTimeSchedule(
        timetable=CronTriggerTimetable("0 0 * * *", timezone="UTC"), assets=ONE
    ),
}
with DAG("d", **{**OPTIONS, "schedule": SCHEDULES["CHOSEN"]}):
    @task(outlets=[ONE])
    def work(dag_run, partition_key, outlet_events, data_interval_start, data_interval_end):
        outlet_events[ONE].add_partitions(["us", "eu"])
        interval = f"{data_interval_start} {data_interval_end}"
        return dag_run.partition_key, partition_key, interval, repr(ONE)[-63:]
    work()
"""


def test_the_stores_keep_values_for_later_tries_and_with_assets(
    folder: Folder, task_of: TaskOf
) -> None:
    trace = folder.trace(STORES, "--airflow-version", "3")
    given = {one["task_id"]: one["xcoms"].get("return_value") for one in trace["tasks"]}
    assert given["tries"] == [[1, 2], "ValueError: Cannot set value as None"]
    several, unknown = given["writes"]
    assert several.startswith("ValueError: Task has 2 concrete inlets and outlets")
    assert unknown.startswith("KeyError: ")
    assert unknown.endswith('inlets or outlets"')
    assert given["reads"] == [{"n": 1}, "nothing"]
    assert "daglight has no asset_state_store (aget)" in trace["run"]["reason"]


def test_a_run_by_hand_has_no_partition_whatever_its_schedule(folder: Folder) -> None:
    for name in ("clock", "assets", "runtime", "both"):
        trace = folder.trace(
            PARTITIONS.replace("CHOSEN", name), "--logical-date", "2024-02-03T00:30"
        )
        (task,) = trace["tasks"]
        at = "2024-02-03 00:30:00+00:00"
        shown = "(producer_teams=['a'], consumer_teams=None, allow_global=True))"
        assert task["xcoms"]["return_value"] == [None, None, f"{at} {at}", shown]
