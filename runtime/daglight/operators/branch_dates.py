"""Branches by the day of the week and by the moment.

Rules: https://airflow.apache.org/docs/apache-airflow-providers-
standard/stable/operators/datetime.html
"""

from __future__ import annotations

import datetime as _datetime
from datetime import datetime, timedelta
from typing import Any

from daglight.exceptions import AirflowException
from daglight.moment import as_aware
from daglight.operators.branch import BaseBranchOperator
from daglight.weekday import WeekDay

__all__ = ["BranchDateTimeOperator", "BranchDayOfWeekOperator"]


class BranchDayOfWeekOperator(BaseBranchOperator):
    """Follows one way on some days of the week and another on the rest."""

    def __init__(
        self,
        *,
        follow_task_ids_if_true: Any,
        follow_task_ids_if_false: Any,
        week_day: Any,
        use_task_logical_date: bool = False,
        use_task_execution_day: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.follow_task_ids_if_true = follow_task_ids_if_true
        self.follow_task_ids_if_false = follow_task_ids_if_false
        self.week_day = week_day
        self.use_task_logical_date = use_task_logical_date or use_task_execution_day
        self._days = WeekDay.validate_week_day(week_day)

    def choose_branch(self, context: Any) -> Any:
        """The ids for the day of the logical date, or of the clock in the DAG's time zone."""
        run = context["dag_run"]
        now = run.clock.now().astimezone(run.source.timezone)
        moment = context["logical_date"] if self.use_task_logical_date else now
        fits = moment.isoweekday() in self._days
        return self.follow_task_ids_if_true if fits else self.follow_task_ids_if_false


class BranchDateTimeOperator(BaseBranchOperator):
    """Follows one way between two moments, or times of the day, and another outside."""

    def __init__(
        self,
        *,
        follow_task_ids_if_true: Any,
        follow_task_ids_if_false: Any,
        target_lower: datetime | _datetime.time | None,
        target_upper: datetime | _datetime.time | None,
        use_task_logical_date: bool = False,
        use_task_execution_date: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if target_lower is None and target_upper is None:
            raise AirflowException(
                "Both target_upper and target_lower are None. At least one "
                "must be defined to be compared to the current datetime"
            )
        self.target_lower, self.target_upper = target_lower, target_upper
        self.follow_task_ids_if_true = follow_task_ids_if_true
        self.follow_task_ids_if_false = follow_task_ids_if_false
        self.use_task_logical_date = use_task_logical_date or use_task_execution_date

    def choose_branch(self, context: Any) -> Any:
        """The ids for the logical date, or for the moment on the clock of the run."""
        run = context["dag_run"]
        now = context["logical_date"] if self.use_task_logical_date else run.clock.now()
        lower, upper = _dated(now, self.target_lower), _dated(now, self.target_upper)
        timed = not (
            isinstance(self.target_lower, datetime) and isinstance(self.target_upper, datetime)
        )
        if timed and lower is not None and upper is not None and upper < lower:
            upper += timedelta(days=1)
        lower, upper = as_aware(lower, run.source.timezone), as_aware(upper, run.source.timezone)
        outside = (upper is not None and upper < now) or (lower is not None and lower > now)
        return self.follow_task_ids_if_false if outside else self.follow_task_ids_if_true


def _dated(day: datetime, target: datetime | _datetime.time | None) -> datetime | None:
    return datetime.combine(day, target) if isinstance(target, _datetime.time) else target
