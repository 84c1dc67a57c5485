"""`TaskInstance`: what bodies, templates and callbacks see as `ti`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from daglight.errors import NotSupported
from daglight.events import Pushed
from daglight.scope import scope
from daglight.states import Progress
from daglight.xcom_arg import RETURN_KEY

if TYPE_CHECKING:
    from daglight.dag_run import DagRun
    from daglight.events import Sink
    from daglight.operator import BaseOperator
    from daglight.xcom import XComs

__all__ = ["TaskInstance"]

_UNSET: Any = object()


class TaskInstance:
    """One task of one run: where it stands, and its door to the XComs of the others."""

    map_index = -1
    hostname = "localhost"
    log_url = ""

    def __init__(
        self,
        task: BaseOperator,
        run: DagRun,
        *,
        xcoms: XComs,
        sink: Sink,
        skip: Callable[[list[str]], None],
    ) -> None:
        self.task, self.dag_run = task, run
        self.task_id, self.dag_id, self.run_id = task.task_id, run.dag_id, run.run_id
        self.logical_date = self.execution_date = run.logical_date
        self.max_tries = task.retries
        self.progress = Progress()
        self.start_date = self.end_date = run.start_date
        self.log = logging.getLogger("airflow.task")
        self._xcoms, self._sink, self.skip_others = xcoms, sink, skip

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
        self._sink(Pushed(self.task_id, key, self._xcoms.push(self.task_id, key, value)))

    def xcom_pull(
        self,
        task_ids: Any = None,
        dag_id: str | None = None,
        key: Any = RETURN_KEY,
        include_prior_dates: bool = False,
        default: Any = None,
        **_: Any,
    ) -> Any:
        """The value of one task (or the default), or a list of the values of several."""
        if (dag_id or self.dag_id) != self.dag_id or include_prior_dates:
            raise NotSupported("xcom_pull from another DAG or an earlier run")
        if task_ids is None:
            return self._pull_any(key, default)
        if isinstance(task_ids, str):
            # Observed in Airflow 3.3.2: the default of a single pull is not used.
            return self._pull_one(task_ids, key, None if scope.airflow_3 else default)
        return self._pull_several(task_ids, key, default)

    def _pull_one(self, task_id: str, key: Any, default: Any) -> Any:
        if key is None:
            return (self._xcoms.latest(None, [task_id]) or [default])[0]
        return self._xcoms.pull(task_id, key) if self._xcoms.has(task_id, key) else default

    def _pull_any(self, key: Any, default: Any) -> Any:
        """Observed: Airflow 2.11.2 takes the newest of any task, Airflow 3.3.2 the task's own."""
        mine = [self.task_id] if scope.airflow_3 else None
        return (self._xcoms.latest(key, mine) or [default])[0]

    def _pull_several(self, task_ids: Any, key: Any, default: Any) -> list[Any]:
        """Observed: without a value, Airflow 2.11.2 leaves a task out, 3.3.2 has the default."""
        ids = list(task_ids)
        if not scope.airflow_3:
            ids = [one for one in ids if self._xcoms.has(one, key)]
        return [self._pull_one(one, key, default) for one in ids]

    def __repr__(self) -> str:
        return f"<TaskInstance: {self.dag_id}.{self.task_id} {self.run_id} [{self.state}]>"
