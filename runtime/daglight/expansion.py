"""How many instances a task has.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/dynamic-task-
mapping.html; observed in Airflow 2.11.2 and 3.3.2: a mapped task counts for those mapped over it
with the instances that pushed something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from daglight.xcom_arg import RETURN_KEY

if TYPE_CHECKING:
    from daglight.instance import TaskInstance
    from daglight.operator import BaseOperator
    from daglight.xcom import XComs

__all__ = ["Lengths"]


class Lengths:
    """Answers from what the run has pushed so far."""

    def __init__(self, xcoms: XComs, instances: dict[str, dict[int, TaskInstance]]) -> None:
        self._xcoms, self._instances = xcoms, instances

    def literal(self, task: BaseOperator) -> int | None:
        """The number that stands in the DAG file itself; None when the run decides."""
        expand_input = _input(task)
        return None if expand_input is None else expand_input.length(lambda _: None)

    def of_task(self, task: BaseOperator) -> int | None:
        """How many instances the task has; None when it is not mapped or not known yet."""
        expand_input = _input(task)
        return None if expand_input is None else expand_input.length(self.of_value)

    def of_value(self, operator: BaseOperator) -> int | None:
        """How many elements there are in what a task pushed, or in what its instances did."""
        task_id = operator.task_id
        indexes = self._xcoms.indexes(task_id, RETURN_KEY)
        if operator.is_mapped:
            mine = self._instances.get(task_id, {}).values()
            done = all(ti.progress.finished for ti in mine)
            return len([one for one in indexes if one >= 0]) if done else None
        if -1 not in indexes:
            return None
        return len(self._xcoms.peek(task_id, RETURN_KEY))


def _input(task: BaseOperator) -> Any:
    if task.is_mapped:
        return task.expand_input  # type: ignore[attr-defined]
    group = task.mapped_group
    return None if group is None else group.expand_input
