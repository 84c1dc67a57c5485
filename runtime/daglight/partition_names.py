"""Names of classes that only Airflow's scheduler has a use for; see `partitions.py`."""

from __future__ import annotations

__all__ = ["KEPT"]

_MAPPERS = (
    "AllowedKeyMapper",
    "ChainMapper",
    "FanOutMapper",
    "FixedKeyMapper",
    "IdentityMapper",
    "ProductMapper",
    "RollupMapper",
    "StartOfDayMapper",
    "StartOfHourMapper",
    "StartOfMonthMapper",
    "StartOfQuarterMapper",
    "StartOfWeekMapper",
    "StartOfYearMapper",
)
_WINDOWS = (
    "DayWindow",
    "HourWindow",
    "MonthWindow",
    "QuarterWindow",
    "SegmentWindow",
    "WeekWindow",
    "Window",
    "YearWindow",
)
_OTHERS = ("AssetWatcher", "MinimumCount", "PartitionMapper", "WaitForAll")
#: Names of classes that keep their arguments and do nothing else.
KEPT = (*_MAPPERS, *_WINDOWS, *_OTHERS)
