"""`TaskInstanceKey`: what identifies a task instance.

Rule: https://airflow.apache.org/docs/apache-airflow/2.11.2/_api/airflow/models/taskinstancekey/
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["TaskInstanceKey"]


class TaskInstanceKey(NamedTuple):
    """The ids of DAG, task and run, the try, the map index."""

    dag_id: str
    task_id: str
    run_id: str
    try_number: int = 1
    map_index: int = -1

    @property
    def primary(self) -> tuple[str, str, str, int]:
        """All but the try."""
        return self.dag_id, self.task_id, self.run_id, self.map_index

    @property
    def reduced(self) -> TaskInstanceKey:
        """The key of the try before this one."""
        return self.with_try_number(max(1, self.try_number - 1))

    def with_try_number(self, try_number: int) -> TaskInstanceKey:
        """The key of another try."""
        return self._replace(try_number=try_number)

    @property
    def key(self) -> TaskInstanceKey:
        """Itself."""
        return self
