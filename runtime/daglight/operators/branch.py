"""Operators that skip others: branches, short circuits, latest-only.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#branching;
what is stored and which tasks are skipped was observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from daglight.exceptions import AirflowException
from daglight.operator import BaseOperator
from daglight.operators.python import PythonOperator
from daglight.schedule import next_interval
from daglight.scope import scope

if TYPE_CHECKING:
    from daglight.dag_run import DagRun

__all__ = [
    "BaseBranchOperator",
    "BranchPythonOperator",
    "LatestOnlyOperator",
    "ShortCircuitOperator",
    "follow",
    "short_circuit",
    "skip_tasks",
]

_MARK = "skipmixin_key"


class BaseBranchOperator(BaseOperator):
    """For users to subclass: `choose_branch(context)` returns the ids to follow."""

    def choose_branch(self, context: Any) -> Any:
        """The id, ids or None to follow."""
        raise NotImplementedError

    def execute(self, context: Any) -> Any:
        """Skip what was not chosen."""
        return follow(self, context, self.choose_branch(context))


class BranchPythonOperator(PythonOperator):
    """Follows the ids that the function returns."""

    def execute(self, context: Any) -> Any:
        """Skip what was not chosen."""
        return follow(self, context, super().execute(context))


class ShortCircuitOperator(PythonOperator):
    """Skips what comes after it when the function returns something false."""

    def __init__(self, *, ignore_downstream_trigger_rules: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ignore_downstream_trigger_rules = ignore_downstream_trigger_rules

    def execute(self, context: Any) -> Any:
        """The function's value."""
        return short_circuit(self, context, super().execute(context))


class LatestOnlyOperator(BaseBranchOperator):
    """Lets everything through in the latest run, and in Airflow 3 in any run asked for by hand.

    Observed: `dag.test()` of Airflow 2.11.2 does not count as asked for by hand.
    """

    def choose_branch(self, context: Any) -> Any:
        """All direct downstreams, or none."""
        run = context["dag_run"]
        return sorted(self.downstream_task_ids) if scope.airflow_3 or _is_latest(run) else []


def _is_latest(run: DagRun) -> bool:
    """Whether the run's moment of start lies in the interval after the one it covers."""
    following = next_interval(run.source.schedule, run.source.timezone, run.data_interval_end)
    return following is None or following[0] < run.now <= following[1]


def follow(task: BaseOperator, context: Any, chosen: Any) -> Any:
    """Skip the direct downstreams that neither were chosen nor come after a chosen one.

    Observed: Airflow 3.3.2 stores what was chosen only when that skips nothing.
    """
    followed = _checked(task, chosen)
    kept = set(followed)
    for task_id in followed:
        kept |= _of(task).get_task(task_id).get_flat_relative_ids()
    mark = [one for one in sorted(task.downstream_task_ids) if one in kept]
    skipped = sorted(task.downstream_task_ids - kept)
    if task.downstream_task_ids:
        context["ti"].xcom_push(_MARK, {"followed": mark})
    _skip(context, skipped, same_index=not scope.airflow_3)
    # Observed in Airflow 3.3.2: a value is stored only when that skips nothing.
    return None if scope.airflow_3 and skipped and context["ti"].map_index < 0 else chosen


def short_circuit(task: Any, context: Any, condition: Any) -> Any:
    """Skip all that follows, or only the direct downstreams, when the condition is false."""
    if condition or not task.downstream_task_ids:
        return condition
    everything = task.ignore_downstream_trigger_rules
    found = task.get_flat_relative_ids() if everything else task.downstream_task_ids
    chosen = sorted(one for one in found if not _of(task).get_task(one).is_teardown)
    if not chosen:
        return condition
    skip_tasks(context, chosen)
    return None if scope.airflow_3 and context["ti"].map_index < 0 else condition


def skip_tasks(context: Any, task_ids: list[str]) -> None:
    """Store which tasks are skipped, and skip them."""
    if task_ids:
        ti = context["ti"]
        ti.xcom_push(_MARK, {"skipped": task_ids})
        # Observed: those that have an index are found by their direct upstreams only, in Airflow
        # 2.11.2 where what skips is mapped itself, in 3.3.2 always.
        direct = {*task_ids} & ti.task.downstream_task_ids
        if ti.map_index < 0:
            _skip(context, sorted({*task_ids} - direct), same_index=scope.airflow_3)
        _skip(context, sorted(direct), same_index=False)


def _skip(context: Any, task_ids: list[str], *, same_index: bool) -> None:
    """Observed: a mapped instance skips those of its index in Airflow 2.11.2, none in 3.3.2.

    A branch of Airflow 2.11.2 that is not mapped skips no instances with an index either.
    """
    ti = context["ti"]
    if ti.map_index < 0 or not scope.airflow_3:
        ti.skip_others(sorted(task_ids), same_index=same_index or ti.map_index >= 0)


def _of(task: BaseOperator) -> Any:
    return task.dag


def _checked(task: BaseOperator, chosen: Any) -> set[str]:
    ids = [] if chosen is None else [chosen] if isinstance(chosen, str) else chosen
    if not isinstance(ids, Iterable) or not all(isinstance(one, str) for one in ids):
        raise AirflowException(
            "'branch_task_ids' must be either None, a task ID, or an Iterable of IDs"
        )
    groups = {group.group_id: group for group in _of(task).task_group.groups()}
    found: set[str] = set()
    for one in ids:
        found |= {root.task_id for root in groups[one].edge_roots()} if one in groups else {one}
    invalid = found - set(_of(task).task_ids)
    if invalid:
        raise AirflowException(
            f"'branch_task_ids' must contain only valid task_ids. Invalid tasks found: {invalid}."
        )
    return found
