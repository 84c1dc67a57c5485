"""The records of runs that hooks, contexts and sinks are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from flowlight import transitions
from flowlight.spent import Spent
from flowlight.states import FINAL, State, StateType

if TYPE_CHECKING:
    from flowlight.child_flows import ChildFlows
    from flowlight.flows import Flow
    from flowlight.tasks import Task

__all__ = ["DeploymentFacts", "FlowRun", "Run", "TaskRun"]

_RUNNING = StateType.RUNNING


class Run:
    """What flow runs and task runs have in common; times are aware and in UTC.

    `returned` says that the body came to its end: the present state stands for its value then.
    `spent` is the generator that it returned, whose items are in the state.
    """

    id: UUID
    name: str
    expected_start_time: datetime
    parameters: dict[str, Any]
    tags: list[str]
    state: State | None = None
    run_count = 0
    returned = False
    spent: Any = None
    start_time: datetime | None = None
    end_time: datetime | None = None

    def enter(self, state: State) -> State:
        """Put the run into a state that may follow its present one."""
        self.state = transitions.check(self.state, state)
        if state.type is _RUNNING:
            self.start_time = self.start_time or state.timestamp
        elif state.type in FINAL:
            self.end_time = state.timestamp
        return state

    def receive(self, value: Any) -> Any:
        """What the body returned, as data for a state."""
        if not isinstance(value, Spent):
            self.spent = None
            return value
        self.spent = value.generator
        return value.items

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


class TaskRun(Run):
    """One run of one task.

    `upstream` holds the ids of the runs whose futures it was given; `made_state` says that the
    body returned a state of its own making.
    """

    made_state = False

    def __init__(
        self,
        *,
        id: UUID,  # noqa: A002  # as Prefect's
        name: str,
        expected_start_time: datetime,
        parameters: dict[str, Any],
        tags: list[str],
        task: Task,
        flow_run_id: UUID | None,
        upstream: frozenset[UUID],
        map_index: int,
    ) -> None:
        self.id = id
        self.name = name
        self.expected_start_time = expected_start_time
        self.parameters = parameters
        self.tags = tags
        self.task = task
        self.flow_run_id = flow_run_id
        self.upstream = upstream
        self.map_index = map_index

    @property
    def task_key(self) -> str:
        """The name of the function, with a suffix that tells functions of one name apart."""
        return self.task.task_key

    @property
    def dynamic_key(self) -> str:
        """The id as text: each run of a task has a key of its own."""
        return str(self.id)


class DeploymentFacts(NamedTuple):
    """What a run knows of the deployment that it belongs to."""

    id: str
    name: str
    version: str | None


class FlowRun(Run):
    """One run of one flow; `parent` is the flow run in which it was called.

    `keeps_results` says that a result of one of its tasks may have been kept, `pause_keys` are
    those that it has paused with. `children` are the runs of its child flows, for its next try;
    `read_result` reads the result that it has kept.
    """

    keeps_results = False
    children: ChildFlows | None = None
    read_result: Callable[[], Any] | None = None

    def __init__(
        self,
        *,
        id: UUID,  # noqa: A002  # as Prefect's
        name: str,
        expected_start_time: datetime,
        flow: Flow,
        parameters: dict[str, Any] | None = None,
        tags: list[str] | None = None,
        state: State | None = None,
        parent: FlowRun | None = None,
        deployment: DeploymentFacts | None = None,
    ) -> None:
        self.id = id
        self.name = name
        self.expected_start_time = expected_start_time
        self.flow = flow
        self.parameters = {} if parameters is None else parameters
        self.tags = [] if tags is None else tags
        self.state = state
        self.parent = parent
        self.deployment = deployment
        self.pause_keys: set[str] = set()

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
