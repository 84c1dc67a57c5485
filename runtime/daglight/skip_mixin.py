"""`SkipMixin`, for operators of users that skip others.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#branching
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from daglight.exceptions import DownstreamTasksSkipped
from daglight.operators.branch import follow, skip_tasks
from daglight.scope import scope

__all__ = ["SkipMixin"]


class SkipMixin:
    """`skip` and `skip_all_except` beside an operator's `execute`."""

    def skip_all_except(self, ti: Any, branch_task_ids: Any) -> None:
        """Skip the direct downstreams that are not named and do not follow one that is."""
        followed = follow(ti.task, {"ti": ti}, branch_task_ids)
        if scope.airflow_3 and branch_task_ids is not None and followed is None:
            raise DownstreamTasksSkipped

    def skip(self, *args: Any, tasks: Iterable[Any] = (), **kwargs: Any) -> None:
        """Skip these tasks: `skip(ti, tasks)` in Airflow 3, `skip(dag_run, date, tasks)` in 2."""
        _ = kwargs
        listed = tasks or (args[-1] if args else ())
        context = scope.contexts[-1]
        skip_tasks(context, sorted(one.task_id for one in listed))
        if scope.airflow_3 and listed:
            raise DownstreamTasksSkipped
