"""One run of a DAG: its dates, its conf, how it stands; what tasks see as `dag_run`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from daglight.moment import DateTime, as_moment
from daglight.schedule import data_interval
from daglight.scope import scope
from daglight.simulated_clock import SimulatedClock

if TYPE_CHECKING:
    from daglight.dag import DAG
    from daglight.instance import TaskInstance

__all__ = ["DagRun", "make_run"]


class DagRunType(str, Enum):
    """How a run came about; as text it looks the way the emulated version shows it."""

    MANUAL = "manual"

    def __str__(self) -> str:
        return "DagRunType.MANUAL" if scope.airflow_3 else "manual"


@dataclass
class DagRun:
    """A run that was asked for by hand; `dag.test()` of Airflow 2 calls it not external."""

    dag: DAG
    logical_date: DateTime
    data_interval_start: DateTime
    data_interval_end: DateTime
    conf: dict[str, Any]
    now: datetime
    state: str = "running"
    run_type: DagRunType = field(default_factory=lambda: DagRunType.MANUAL)
    external_trigger: bool = False
    start_date: DateTime | None = None
    end_date: DateTime | None = None
    #: What the tasks of this run wrote so far.
    asset_events: list[Any] = field(default_factory=list)
    #: What tasks (`task id, map index`) and assets (name) have in their state stores, as JSON by key.
    state_stores: dict[Any, dict[str, str]] = field(default_factory=dict, repr=False)
    partition_key: None = None
    partition_date: None = None
    queued_at: None = None
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
        return self.dag.dag_id

    @property
    def run_id(self) -> str:
        """`manual__` and the logical date; Airflow 3 has the moment of the call there."""
        return self._run_id

    @property
    def execution_date(self) -> DateTime:
        """The logical date by its old name."""
        return self.logical_date

    def get_task_instances(self, **_: Any) -> list[TaskInstance]:
        """All task instances, in the order their tasks were made."""
        return list(self.instances.values())

    def get_task_instance(
        self, task_id: str, *_: Any, map_index: int = -1, **__: Any
    ) -> TaskInstance | None:
        """The instance of one task."""
        return self.instances.get((task_id, map_index))

    def __repr__(self) -> str:
        return f"<DagRun {self.dag_id} @ {self.logical_date}: {self.run_id}, state:{self.state}>"


def make_run(dag: DAG, logical_date: datetime, conf: dict[str, Any], now: datetime) -> DagRun:
    """A run of the DAG for a moment, with the interval that its schedule gives, started now."""
    start, end = data_interval(dag.schedule, dag.timezone, logical_date, version=scope.version)
    return DagRun(dag, as_moment(logical_date), start, end, conf, now, start_date=as_moment(now))
