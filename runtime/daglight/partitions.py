"""What only Airflow's scheduler has a use for: partitions of assets, watchers, triggers.

A run that is asked for by hand has no partition, whatever stands there (observed in Airflow 3.3.2). Rule:
https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/assets.html
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from daglight.partition_names import KEPT
from daglight.timetables import CronTriggerTimetable

__all__ = [
    "AssetOrTimeSchedule",
    "CronPartitionTimetable",
    "Kept",
    "PartitionedAssetTimetable",
    "PartitionedAtRuntime",
]


class _Named(type):
    def __getattr__(cls, name: str) -> Any:
        """A member of an enumeration within the class, such as `Window.Direction.FORWARD`."""
        if name.startswith("_"):
            raise AttributeError(name)
        return kept(name)


class Kept(metaclass=_Named):
    """Keeps its arguments."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.args, self.kwargs = args, kwargs


def kept(name: str) -> type[Kept]:
    """A class of that name which keeps its arguments."""
    made: type[Kept] = _Named(name, (Kept,), {})  # type: ignore[assignment]  # mypy sees the metaclass
    return made


class PartitionedAssetTimetable(Kept):
    """A schedule: runs come when partitions of assets do."""


class PartitionedAtRuntime(Kept):
    """A schedule: the run says which partitions it wrote."""


class CronPartitionTimetable(CronTriggerTimetable):
    """A run at each tick, for the partition of that tick."""

    def __init__(self, cron: str, *, timezone: Any, **_: Any) -> None:
        super().__init__(cron, timezone=timezone, interval=timedelta())


class AssetOrTimeSchedule:
    """Runs come by the clock of a timetable, and when assets change."""

    def __init__(self, *, timetable: Any, assets: Any = None, datasets: Any = None) -> None:
        self.timetable, self.assets = timetable, datasets if assets is None else assets


globals().update({name: kept(name) for name in KEPT})
