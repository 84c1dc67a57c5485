"""`TaskInstance`: what bodies, templates and callbacks see as `ti`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from daglight.errors import NotSupported
from daglight.events import Pushed
from daglight.instance_key import TaskInstanceKey
from daglight.known import known_as, until_3
from daglight.pages import log_page, success_page
from daglight.priority import total_weight
from daglight.scope import scope
from daglight.states import Progress, TaskInstanceState
from daglight.xcom_arg import MISSING, RETURN_KEY
from daglight.xcom_pull import pull, pull_reference

if TYPE_CHECKING:
    from daglight.dag_run import DagRun
    from daglight.events import Event, Sink
    from daglight.operator import BaseOperator
    from daglight.xcom import XComs

__all__ = ["RuntimeTaskInstance", "TaskInstance"]


_FRESH = Progress()


@known_as("TaskInstance")
class TaskInstance:
    """One task of one run: where it stands, and its door to the XComs of the others."""

    task: BaseOperator
    task_id: str
    dag_id: str
    run_id: str
    map_index: int
    max_tries: int
    queue: str
    start_date: Any
    hostname = "localhost"
    rendered_map_index: str | None = None

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
        self.task, self.record, self.map_index = task, run, map_index
        #: How many instances its task has; None when it is not mapped.
        self.mapped_length = mapped_length
        self.task_id, self.dag_id, self.run_id = task.task_id, run.dag_id, run.run_id
        #: What it is known by in its run.
        self.place = (self.task_id, map_index)
        self.max_tries = task.retries
        self.progress = _FRESH
        self.queue = task.queue  # type: ignore[attr-defined]
        self.start_date = run.start_date
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
        """How it stands, in Airflow 3 as a `TaskInstanceState`; None before the start."""
        state = self.progress.state
        if state == "none":
            return None
        return TaskInstanceState(state) if scope.airflow_3 else state

    @property
    def try_number(self) -> int:
        """1 in the first try."""
        return self.progress.tries

    @property
    def end_date(self) -> Any:
        """When it ended, by the clock of the run; None before."""
        return self.record.clock.now() if self.progress.finished else None

    @property
    def log_url(self) -> str:
        """Where Airflow's web server shows its log."""
        return log_page(self)

    @property
    def mark_success_url(self) -> str:
        """Where Airflow's web server marks it as successful."""
        return success_page(self)

    @until_3
    def key(self) -> TaskInstanceKey:
        """What identifies it."""
        return TaskInstanceKey(
            self.dag_id, self.task_id, self.run_id, self.try_number, self.map_index
        )

    dag_run = until_3(lambda self: self.record)
    logical_date = until_3(lambda self: self.record.logical_date)
    execution_date = logical_date
    operator = operator_name = until_3(lambda self: self.task.task_type)
    task_display_name = until_3(lambda self: self.task.task_display_name)
    pool = until_3(lambda self: self.task.pool)
    pool_slots = until_3(lambda self: self.task.pool_slots)
    priority_weight = until_3(lambda self: total_weight(self.task))
    executor = until_3(lambda self: self.task.executor)
    executor_config = until_3(lambda self: self.task.executor_config)
    next_try_number = until_3(lambda self: self.try_number + 1)
    prev_attempted_tries = until_3(lambda self: self.try_number)
    test_mode = until_3(lambda _: False)
    log = until_3(lambda _: logging.getLogger("airflow.task"))
    #: There is no earlier run, and nothing else runs or defers the task.
    previous_ti = previous_ti_success = previous_start_date_success = until_3(lambda _: None)
    queued_dttm = queued_by_job_id = job_id = external_executor_id = until_3(lambda _: None)
    trigger_id = next_method = next_kwargs = until_3(lambda _: None)

    @until_3
    def duration(self) -> float | None:
        """Seconds on the clock of the run; None before the end."""
        end = self.end_date
        return None if end is None else (end - self.start_date).total_seconds()

    @until_3
    def current_state(self) -> Callable[[], str | None]:
        """Called, it gives the state."""
        return lambda: self.state

    @until_3
    def get_dagrun(self) -> Callable[..., DagRun]:
        """Called, it gives the run it belongs to."""
        return lambda session=None: self.record  # noqa: ARG005 - Airflow's signature

    def get_previous_dagrun(self, state: Any = None, session: Any = None) -> None:
        """None: there is no earlier run."""

    def get_previous_ti(self, state: Any = None, session: Any = None) -> None:
        """None: there is no earlier run."""

    get_previous_execution_date = get_previous_start_date = until_3(
        lambda _: lambda state=None, session=None: None  # noqa: ARG005 - Airflow's signature
    )

    @until_3
    def refresh_from_db(self) -> Callable[..., None]:
        """Called, it does nothing: the object is all there is."""
        return lambda session=None, lock_for_update=False: None  # noqa: ARG005 - Airflow's signature

    def get_template_context(
        self,
        session: Any = None,  # noqa: ARG002 - Airflow's signature
        ignore_param_exceptions: bool = True,  # noqa: ARG002
    ) -> dict[str, Any]:
        """The context of the body that runs now."""
        return scope.contexts[-1]

    def xcom_push(
        self,
        key: str,
        value: Any,
        execution_date: Any = None,
        session: Any = None,  # noqa: ARG002 - Airflow's signature
    ) -> None:
        """Store a value under a key; TypeError when Airflow could not store it."""
        if execution_date is not None and execution_date != self.record.logical_date:
            raise NotSupported("xcom_push for another execution_date")
        stored = self._xcoms.push(self.task_id, key, value, self.map_index)
        self._sink(Pushed(self.task_id, key, stored, self.map_index))

    def xcom_pull(
        self,
        task_ids: Any = None,
        dag_id: str | None = None,
        key: Any = RETURN_KEY,
        include_prior_dates: bool = False,
        session: Any = None,  # noqa: ARG002 - Airflow's signature
        *,
        map_indexes: Any = None,
        default: Any = None,
        **more: Any,
    ) -> Any:
        """The value of one task (or the default), or a list of the values of several."""
        self._check_pull(more)
        if (dag_id or self.dag_id) != self.dag_id or include_prior_dates:
            raise NotSupported("xcom_pull from another DAG or an earlier run")
        return pull(self._xcoms, self.task_id, task_ids, key, map_indexes, default)

    def _check_pull(self, more: dict[str, Any]) -> None:
        """TypeError for what `xcom_pull` does not take; Airflow 3 takes the id of a run."""
        run_id = more.pop("run_id", None) if scope.airflow_3 else None
        if more:
            name = next(iter(more))
            raise TypeError(
                f"{type(self).__name__}.xcom_pull() got an unexpected keyword argument {name!r}"
            )
        if run_id not in (None, self.run_id):
            raise NotSupported("xcom_pull from another run")

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


class RuntimeTaskInstance(TaskInstance):
    """The same in Airflow 3, by the name that it has there."""
