"""Sensors that wait for a moment or a day, on the simulated clock of the run.

Rules: https://airflow.apache.org/docs/apache-airflow-providers-
standard/stable/sensors/datetime.html; rendered fields observed in Airflow 2.11.2 and 3.3.2. The
asynchronous and the deferrable forms poke here.
"""

from __future__ import annotations

import datetime as _datetime
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar

from daglight.moment import as_aware, parse
from daglight.scope import scope
from daglight.sensors.base import BaseSensorOperator, now_of
from daglight.weekday import WeekDay

__all__ = [
    "DateTimeSensor",
    "DayOfWeekSensor",
    "TimeDeltaSensor",
    "TimeDeltaSensorAsync",
    "TimeSensor",
]


class DateTimeSensor(BaseSensorOperator):
    """Waits until a moment, given as a date or as a template of one."""

    template_fields: ClassVar[Sequence[str]] = ("target_time",)

    def __init__(
        self,
        *,
        target_time: str | datetime,
        start_from_trigger: bool = False,
        end_from_trigger: bool = False,
        trigger_kwargs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        _ = start_from_trigger, end_from_trigger, trigger_kwargs
        if not isinstance(target_time, (str, datetime)):
            raise TypeError(
                f"Expected str or datetime.datetime type for target_time. Got {type(target_time)}"
            )
        dated = isinstance(target_time, datetime) and not scope.airflow_3
        self.target_time = target_time.isoformat() if dated else target_time  # type: ignore[union-attr]

    def poke(self, context: Any) -> bool:
        """Whether it is later than that."""
        target = self.target_time
        text = target.isoformat() if isinstance(target, datetime) else target
        return now_of(context) >= parse(text)


class TimeDeltaSensor(BaseSensorOperator):
    """Waits until so long after the end of the data interval."""

    def __init__(
        self,
        *,
        delta: timedelta | int,
        deferrable: bool = False,
        end_from_trigger: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.deferrable, self.end_from_trigger = deferrable, end_from_trigger
        self.delta = delta
        if scope.airflow_3:
            self.template_fields = ("delta",)  # type: ignore[misc]

    def poke(self, context: Any) -> bool:
        """Whether it is later than that; a number counts minutes."""
        delta = self.delta
        span = delta if isinstance(delta, timedelta) else timedelta(minutes=int(delta))
        return bool(now_of(context) >= context["data_interval_end"] + span)

    def execute(self, context: Any) -> Any:
        """Wait; observed in Airflow 2.11.2 and 3.3.2: a deferrable one gives True for no wait."""
        return True if self.deferrable and self.poke(context) else super().execute(context)


class TimeDeltaSensorAsync(TimeDeltaSensor):
    """The same, deferrable."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(deferrable=True, **kwargs)


class TimeSensor(BaseSensorOperator):
    """Waits until a time of the day, in the time zone of the DAG."""

    def __init__(
        self,
        *,
        target_time: _datetime.time,
        deferrable: bool = False,
        start_from_trigger: bool = False,
        end_from_trigger: bool = False,
        trigger_kwargs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        _ = deferrable, start_from_trigger, end_from_trigger, trigger_kwargs
        self.target_time = target_time

    def poke(self, context: Any) -> bool:
        """Whether it is later; Airflow 3 looks at the day of the start, Airflow 2 at any day."""
        zone = self.dag.timezone if self.dag else timezone.utc
        now = now_of(context).astimezone(zone)
        if not scope.airflow_3:
            return now.time() >= self.target_time
        start = context["dag_run"].now.astimezone(zone)
        target = as_aware(datetime.combine(start.date(), self.target_time), zone)
        return target is not None and now >= target


class DayOfWeekSensor(BaseSensorOperator):
    """Waits until one of the days of the week, of the clock or of the logical date."""

    def __init__(
        self,
        *,
        week_day: Any,
        use_task_logical_date: bool = False,
        use_task_execution_day: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.week_day = week_day
        self.use_task_logical_date = use_task_logical_date or use_task_execution_day
        self._days = WeekDay.validate_week_day(week_day)

    def poke(self, context: Any) -> bool:
        """Whether it is one of the days."""
        logical = self.use_task_logical_date
        moment = context["logical_date"] if logical else now_of(context)
        return moment.isoweekday() in self._days
