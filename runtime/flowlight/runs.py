"""The records of runs that hooks, contexts and sinks are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flowlight import transitions
from flowlight.spent import Spent
from flowlight.states import State, StateType

if TYPE_CHECKING:
    from flowlight.flows import Flow
    from flowlight.tasks import Task

__all__ = ["DeploymentFacts", "FlowRun", "Run", "TaskRun"]


@dataclass(eq=False)
class Run:
    """What flow runs and task runs have in common; times are aware and in UTC.

    `returned` says that the body came to its end: the present state stands for its value then.
    `spent` is the generator that it returned, whose items are in the state.
    """

    id: UUID
    name: str
    expected_start_time: datetime
    parameters: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    state: State | None = None
    run_count: int = 0
    returned: bool = False
    spent: Any = None
    start_time: datetime | None = None
    end_time: datetime | None = None

    def enter(self, state: State) -> State:
        """Put the run into a state that may follow its present one."""
        self.state = transitions.check(self.state, state)
        if self.start_time is None and state.is_running():
            self.start_time = state.timestamp
        if state.is_final():
            self.end_time = state.timestamp
        return state

    def receive(self, value: Any) -> Any:
        """What the body returned, as data for a state."""
        self.spent = value.generator if isinstance(value, Spent) else None
        return value.items if isinstance(value, Spent) else value

    @property
    def state_name(self) -> str | None:
        """The name of the present state."""
        return self.state.name if self.state else None

    @property
    def state_type(self) -> StateType | None:
        """The type of the present state."""
        return self.state.type if self.state else None

    @property
    def total_run_time(self) -> timedelta:
        """From the first start to the end; zero before either."""
        if self.start_time is None or self.end_time is None:
            return timedelta()
        return self.end_time - self.start_time


@dataclass(eq=False)
class TaskRun(Run):
    """One run of one task.

    `upstream` holds the ids of the runs whose futures it was given; `made_state` says that the
    body returned a state of its own making.
    """

    task: Task = field(kw_only=True)
    flow_run_id: UUID | None = None
    upstream: frozenset[UUID] = frozenset()
    map_index: int = -1
    made_state: bool = False

    @property
    def task_key(self) -> str:
        """The name of the function, with a suffix that tells functions of one name apart."""
        return self.task.task_key

    @property
    def dynamic_key(self) -> str:
        """The id as text: each run of a task has a key of its own."""
        return str(self.id)


@dataclass(frozen=True)
class DeploymentFacts:
    """What a run knows of the deployment that it belongs to."""

    id: str
    name: str
    version: str | None


@dataclass(eq=False)
class FlowRun(Run):
    """One run of one flow; `parent` is the flow run in which it was called.

    `keeps_results` says that a result of one of its tasks may have been kept, `pause_keys` are
    those that it has paused with.
    """

    flow: Flow = field(kw_only=True)
    parent: FlowRun | None = None
    keeps_results: bool = False
    deployment: DeploymentFacts | None = None
    pause_keys: set[str] = field(default_factory=set)

    @property
    def flow_version(self) -> str | None:
        """The version of the flow."""
        return self.flow.version

    @property
    def root(self) -> FlowRun:
        """The outermost flow run around this one; itself when there is none."""
        return self if self.parent is None else self.parent.root

    @property
    def job_variables(self) -> Mapping[str, Any]:
        """Always empty: no worker started this run."""
        return {}
