"""`TaskInstance`: what bodies, templates and callbacks see as `ti`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from daglight.errors import NotSupported
from daglight.events import Pushed
from daglight.scope import scope
from daglight.states import Progress
from daglight.xcom_arg import MISSING, RETURN_KEY
from daglight.xcom_pull import pull, pull_reference

if TYPE_CHECKING:
    from daglight.dag_run import DagRun
    from daglight.events import Event, Sink
    from daglight.operator import BaseOperator
    from daglight.xcom import XComs

__all__ = ["TaskInstance"]


class TaskInstance:
    """One task of one run: where it stands, and its door to the XComs of the others."""

    hostname = "localhost"
    log_url = ""
    log = logging.getLogger("airflow.task")

    def __init__(
        self,
        task: BaseOperator,
        run: DagRun,
        *,
        xcoms: XComs,
        sink: Sink,
        skip: Callable[[TaskInstance, list[str], bool], None],
        map_index: int = -1,
        mapped_length: int | None = None,
    ) -> None:
        self.task, self.dag_run, self.map_index = task, run, map_index
        #: How many instances its task has; None when it is not mapped.
        self.mapped_length = mapped_length
        self.task_id, self.dag_id, self.run_id = task.task_id, run.dag_id, run.run_id
        self.logical_date = self.execution_date = run.logical_date
        self.max_tries = task.retries
        self.progress = Progress()
        self.pool, self.queue = task.pool, task.queue  # type: ignore[attr-defined]
        self.priority_weight = task.priority_weight  # type: ignore[attr-defined]
        self.start_date = self.end_date = run.start_date
        #: Seconds until a sensor that was rescheduled is asked again.
        self.wait = 0.0
        #: When a sensor was first asked, in seconds on the clock of the run.
        self.first_poke: float | None = None
        self._xcoms, self._sink, self._skip = xcoms, sink, skip

    def skip_others(self, task_ids: list[str], *, same_index: bool = False) -> None:
        """End tasks that have not begun as skipped: all instances, or those of its map index."""
        self._skip(self, task_ids, same_index)

    @property
    def state(self) -> str | None:
        """Airflow's name of the state; None before the start."""
        return None if self.progress.state == "none" else self.progress.state

    @property
    def try_number(self) -> int:
        """1 in the first try."""
        return self.progress.tries

    @property
    def key(self) -> tuple[str, str, str, int, int]:
        """What identifies it."""
        return (self.dag_id, self.task_id, self.run_id, self.try_number, self.map_index)

    @property
    def operator(self) -> str:
        """The name of the operator's class."""
        return self.task.task_type

    def get_dagrun(self, **_: Any) -> DagRun:
        """The run it belongs to."""
        return self.dag_run

    def get_template_context(self, **_: Any) -> dict[str, Any]:
        """The context of the body that runs now."""
        return scope.contexts[-1]

    def xcom_push(self, key: str, value: Any, **_: Any) -> None:
        """Store a value under a key; TypeError when Airflow could not store it."""
        stored = self._xcoms.push(self.task_id, key, value, self.map_index)
        self._sink(Pushed(self.task_id, key, stored, map_index=self.map_index))

    def xcom_pull(
        self,
        task_ids: Any = None,
        dag_id: str | None = None,
        key: Any = RETURN_KEY,
        include_prior_dates: bool = False,
        *,
        map_indexes: Any = None,
        default: Any = None,
        **_: Any,
    ) -> Any:
        """The value of one task (or the default), or a list of the values of several."""
        if (dag_id or self.dag_id) != self.dag_id or include_prior_dates:
            raise NotSupported("xcom_pull from another DAG or an earlier run")
        return pull(self._xcoms, self.task_id, task_ids, key, map_indexes, default)

    def pull_reference(self, operator: BaseOperator, key: str) -> Any:
        """What an XComArg of that operator stands for in this instance; MISSING without a value."""
        return pull_reference(self._xcoms, self, operator, key)

    def elements_of(self, operator: BaseOperator) -> Any:
        """What a task pushed, to take single elements out of it: not a copy, MISSING without."""
        if operator.is_mapped or operator.mapped_group is not None:
            return self.pull_reference(operator, RETURN_KEY)
        found = self._xcoms.has(operator.task_id, RETURN_KEY)
        return self._xcoms.peek(operator.task_id, RETURN_KEY) if found else MISSING

    def tell(self, event: Event) -> None:
        """Tell whoever listens to the run."""
        self._sink(event)

    def __repr__(self) -> str:
        index = f" map_index={self.map_index}" if self.map_index >= 0 else ""
        return f"<TaskInstance: {self.dag_id}.{self.task_id} {self.run_id}{index} [{self.state}]>"
