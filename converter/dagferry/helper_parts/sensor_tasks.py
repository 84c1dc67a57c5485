"""`sensor(task)`: a task that asks its own body until the condition holds.

https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/sensors.html
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from prefect import State, Task
from prefect.states import Completed

from airflow_compat.exceptions import AirflowSkipException
from airflow_compat.sensors import BaseSensorOperator, PokeReturnValue

__all__ = ["sensor"]


class Asking(BaseSensorOperator):
    """What waits inside of a task run, for what a function says."""

    def __init__(self, *, ask: Callable[[], Any], **waiting: Any) -> None:
        super().__init__(**waiting)
        self.ask = ask

    @property
    def dag_id(self) -> str:
        """It stands in no graph."""
        return ""

    def poke(self, context: Any) -> PokeReturnValue:
        """What the function says; a skip ends the waiting and is handed on."""
        found = self.ask()
        if isinstance(found, State):
            return PokeReturnValue(True, found)
        kept = isinstance(found, PokeReturnValue)
        return found if kept else PokeReturnValue(bool(found))


def sensor(task: Task[..., Any], **waiting: Any) -> Task[..., Any]:
    """`graph.add(sensor(task, poke_interval=30), ...)`: the body says whether it holds.

    `waiting` are the arguments of `BaseSensorOperator` (`@task.sensor`). The result is
    the `xcom_value` of a `PokeReturnValue`, and None for any other true value.
    """
    ask = task.fn
    # In the mode "reschedule" all tries share them.
    began: list[float] = []
    not_waited: list[float] = []

    @functools.wraps(ask)
    def wait(*args: Any, **kwargs: Any) -> Any:
        asked = functools.partial(ask, *args, **kwargs)
        waits = Asking(task_id=task.name, ask=asked, **waiting)
        waits._began, waits._not_waited = began, not_waited
        try:
            return waits.execute({})
        except AirflowSkipException as skip:
            return Completed(name="Skipped", message=str(skip) or "Skipped")

    made = task.with_options()
    made.fn = wait
    return made
