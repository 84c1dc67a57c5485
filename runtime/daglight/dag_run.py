"""One run of a DAG: its dates, its conf, how it stands; what tasks see as `dag_run`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from daglight.known import known_as, until_3
from daglight.moment import DateTime, as_moment
from daglight.schedule import data_interval
from daglight.scope import scope
from daglight.simulated_clock import SimulatedClock
from daglight.states import DagRunState, DagRunType

if TYPE_CHECKING:
    from daglight.dag import DAG
    from daglight.instance import TaskInstance

__all__ = ["DagRun", "make_run", "named_state"]


@known_as("DagRun")
@dataclass
class DagRun:
    """A run that was asked for by hand; `dag.test()` of Airflow 2 calls it not external."""

    source: DAG
    logical_date: DateTime
    data_interval_start: DateTime
    data_interval_end: DateTime
    conf: dict[str, Any]
    now: datetime
    #: In Airflow 3 these two are members of enumerations.
    state: str = field(default_factory=lambda: named_state("running"))
    run_type: str = field(default_factory=lambda: _named(DagRunType.MANUAL))
    start_date: DateTime | None = None
    end_date: DateTime | None = None
    #: What the tasks of this run wrote so far.
    asset_events: list[Any] = field(default_factory=list)
    #: What tasks (`task id, map index`) and assets (name) have in their state stores, as JSON by key.
    state_stores: dict[Any, dict[str, str]] = field(default_factory=dict, repr=False)
    partition_key: None = None
    partition_date: None = None
    note: None = None
    #: (task id, map index) -> instance
    instances: dict[tuple[str, int], TaskInstance] = field(default_factory=dict)
    #: What the contexts of all instances share, once the first one is built.
    shared: dict[str, Any] = field(default_factory=dict, repr=False)
    clock: SimulatedClock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = SimulatedClock(self.now)
        self._run_id = f"manual__{self.logical_date.isoformat()}"

    @property
    def dag_id(self) -> str:
        """The id of the DAG."""
        return self.source.dag_id

    @property
    def run_id(self) -> str:
        """`manual__` and the logical date; Airflow 3 has the moment of the call there."""
        return self._run_id

    execution_date = until_3(lambda self: self.logical_date)
    dag = until_3(lambda self: self.source)
    external_trigger = is_backfill = until_3(lambda _: False)
    queued_at = creating_job_id = dag_hash = until_3(lambda _: None)
    clear_number = 0

    @until_3
    def get_dag(self) -> Callable[[], DAG]:
        """Called, it gives the DAG."""
        return lambda: self.source

    @until_3
    def get_state(self) -> Callable[[], str]:
        """Called, it gives the state."""
        return lambda: str(self.state)

    @until_3
    def get_task_instances(self) -> Callable[..., list[TaskInstance]]:
        """Called, it gives the task instances, in the order their tasks were made."""
        return self._instances_in

    def _instances_in(self, state: Any = None, session: Any = None) -> list[TaskInstance]:
        _ = session
        found = list(self.instances.values())
        if state is None:
            return found
        wanted = [state] if isinstance(state, str) else list(state)
        return [ti for ti in found if ti.state in wanted]

    @until_3
    def get_task_instance(self) -> Callable[..., TaskInstance | None]:
        """Called, it gives the instance of one task."""
        return self._instance_of

    def _instance_of(
        self, task_id: str, session: Any = None, *, map_index: int = -1
    ) -> TaskInstance | None:
        _ = session
        return self.instances.get((task_id, map_index))

    @until_3
    def get_previous_dagrun(self) -> Callable[..., None]:
        """Called with a run, it gives None: there is no earlier one."""
        return lambda dag_run, state=None, session=None: None  # noqa: ARG005 - Airflow's signature

    def __repr__(self) -> str:
        return f"<DagRun {self.dag_id} @ {self.logical_date}: {self.run_id}, state:{self.state}>"


def named_state(state: str) -> str:
    """The state of a run as the emulated version has it."""
    return _named(DagRunState(state))


def _named(word: DagRunState | DagRunType) -> str:
    return word if scope.airflow_3 else str(word.value)


def make_run(dag: DAG, logical_date: datetime, conf: dict[str, Any], now: datetime) -> DagRun:
    """A run of the DAG for a moment, with the interval that its schedule gives, started now."""
    start, end = data_interval(dag.schedule, dag.timezone, logical_date, version=scope.version)
    return DagRun(dag, as_moment(logical_date), start, end, conf, now, start_date=as_moment(now))
