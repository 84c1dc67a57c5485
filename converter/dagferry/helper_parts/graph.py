"""`TaskGraph`: Airflow's scheduling over Prefect futures."""

from __future__ import annotations

import contextvars
import graphlib
import queue
from collections import deque
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from prefect import Task

from airflow_compat.calls import CallNode, KindOfNode
from airflow_compat.nodes import DagCycleError, DuplicateTaskIdFound, Group, Node
from airflow_compat.rules import ENOUGH, FAILED, RUN, SKIPPED, SUCCESS
from airflow_compat.run import AirflowRun, airflow_run
from airflow_compat.task_runs import TaskRun
from airflow_compat.xcom import XComs

if TYPE_CHECKING:
    from typing_extensions import Self  # noqa: UP035 - Python 3.10 has none

__all__ = ["TaskGraph"]

open_graphs: contextvars.ContextVar[tuple[TaskGraph, ...]] = contextvars.ContextVar(
    "open_graphs", default=()
)


class TaskGraph:
    """Tasks, edges and trigger rules of a DAG; runs when its `with` block ends.

    One loop in the flow's own thread starts what its upstreams allow and hears of every
    end through the futures' callbacks. Each node becomes one Prefect task run under its
    own name: a skipped one ends `Completed` named `Skipped`, one that an upstream
    failure stopped ends `NotReady`. Results are not cached. The run ends as Airflow's
    does when the flow returns `graph.leaves`.

    Without a `run`, `airflow` is the version whose rules apply. `default_args` are for
    operators, and of the arguments that have no meaning in a flow, operators take
    those that are named in `ignored_arguments`.
    """

    def __init__(
        self,
        run: AirflowRun | None = None,
        *,
        airflow: int = 2,
        default_args: Mapping[str, Any] | None = None,
        ignored_arguments: Iterable[str] = (),
    ) -> None:
        self.run = run or airflow_run(airflow=airflow)
        self.run._reported = self._reported
        self.default_args = dict(default_args or {})
        self.ignored_arguments = frozenset(ignored_arguments)
        self.nodes: dict[str, Node] = {}
        # Groups of nodes by id, and those whose `with` block is open.
        self.groups: dict[str, Group] = {}
        self.open_groups: list[Group] = []
        self.xcoms = XComs()
        # Futures of the nodes that decide how the run ends, once it has.
        self.leaves: list[Any] = []
        self._ended: queue.SimpleQueue[TaskRun] = queue.SimpleQueue()
        self._unfinished = 0
        self._uneven = False
        self._closed = False

    @staticmethod
    def current() -> TaskGraph:
        """The innermost graph whose `with` block is open."""
        graphs = open_graphs.get()
        if not graphs:
            raise RuntimeError("No TaskGraph is open: use `with TaskGraph() as graph:`")
        return graphs[-1]

    def __enter__(self) -> Self:
        open_graphs.set((*open_graphs.get(), self))
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        open_graphs.set(open_graphs.get()[:-1])
        self._closed = True
        if error_type is None:
            self._run()

    def add(
        self,
        task: Task[..., Any] | KindOfNode,
        /,
        *args: Any,
        trigger_rule: str = "all_success",
        unique: bool = False,
        multiple_outputs: bool = False,
        do_xcom_push: bool = True,
        **kwargs: Any,
    ) -> Node:
        """A node that calls `task` with these arguments; its id is the task's name.

        Nodes among the arguments, at any depth, become edges and are replaced by what
        they returned. The body also gets what it asks for of Airflow's context, and as
        in Airflow, keyword arguments that it does not take are left out. With
        `unique=True` a taken id is numbered: `f`, `f__1`, `f__2`. With
        `multiple_outputs=True` each entry of the dict that it returns can be pulled too,
        with `do_xcom_push=False` nothing of what it returns.
        """
        body, make = task if isinstance(task, KindOfNode) else (task, CallNode)
        if not isinstance(body, Task):
            raise TypeError(f"A node needs a Prefect task, not {body!r}")
        no_arguments(
            unique=unique, multiple_outputs=multiple_outputs, do_xcom_push=do_xcom_push
        )
        node = make(
            self,
            self.free_id(body.name, unique=unique),
            body,
            args,
            kwargs,
            trigger_rule=trigger_rule,
            multiple_outputs=multiple_outputs and do_xcom_push,
        )
        node.do_xcom_push = do_xcom_push
        return self.insert(node)

    def insert(self, node: Node) -> Node:
        """Take a node in, under its id."""
        self.nodes[node.task_id] = node
        if self.open_groups:
            self.open_groups[-1].members.append(node)
        return node

    def free_id(self, name: str, *, unique: bool = False) -> str:
        """The id of a new node of this name. Raises DuplicateTaskIdFound."""
        if self._closed:
            raise RuntimeError(f"{name!r} comes too late: this TaskGraph has run")
        name = self.open_groups[-1].child_id(name) if self.open_groups else name
        taken = self.nodes.keys() | self.groups.keys()
        if name not in taken:
            return name
        if not unique:
            raise DuplicateTaskIdFound(f"Task id {name!r} has already been added")
        number = 1
        while f"{name}__{number}" in taken:
            number += 1
        return f"{name}__{number}"

    # The run.

    def _run(self) -> None:
        self._order = self._in_order()
        for node in self.nodes.values():
            self._consider(node)
        while self._unfinished:
            run = self._ended.get()
            self._unfinished -= 1
            self._finish(run)
        deciding = self._deciding_nodes()
        self.leaves = [run.future for node in deciding for run in node.runs]

    def _in_order(self) -> list[Node]:
        edges = {n.task_id: list(n.upstream) for n in self.nodes.values()}
        try:
            order = list(graphlib.TopologicalSorter(edges).static_order())
        except graphlib.CycleError as error:
            raise DagCycleError(f"Cycle: {' >> '.join(error.args[1])}") from None
        return [self.nodes[task_id] for task_id in order]

    def _consider(self, node: Node) -> None:
        """Start the node if its trigger rule says so by now."""
        if node.runs:
            return
        states = [state for up in node.upstream.values() for state in up.states()]
        verdict = node.verdict(states)
        if verdict is None:
            return
        enough = ENOUGH.get((node.trigger_rule, verdict))
        rounds = [s.round for s in states if enough is None or s.outcome in enough]
        first_or_last = max if enough is None else min
        node.round = 1 + first_or_last(rounds, default=0)
        self._start(node, verdict)

    def _start(self, node: Node, verdict: str) -> None:
        node.runs = node.start() if verdict == RUN else node.stand_in(verdict)
        for run in node.runs:
            self._unfinished += 1
            run.future.add_done_callback(lambda _, run=run: self._ended.put(run))

    def _finish(self, run: TaskRun) -> None:
        result = run.settle()
        if run.outcome == SUCCESS:
            for unwanted in run.node.ended(run, result):
                if not unwanted.runs:
                    unwanted.round = run.round
                    self._start(unwanted, SKIPPED)
        self._look_ahead(run)
        for downstream in run.node.downstream.values():
            self._consider(downstream)

    def _look_ahead(self, ended: TaskRun) -> None:
        """The first round in which nodes can end that nothing has decided yet.

        They count once something has failed or was skipped; then all are looked at, and
        later those that come after what has ended.
        """
        if not self._uneven and ended.outcome == SUCCESS:
            return
        first, self._uneven = not self._uneven, True
        waiting = deque(self._order if first else ended.node.downstream.values())
        while waiting:
            node = waiting.popleft()
            states = [state for up in node.upstream.values() for state in up.states()]
            open_rounds = [state.round for state in states if state.outcome is None]
            found = 1 + min(open_rounds, default=0)
            if not node.runs and found > node.round:
                node.round = found
                waiting.extend(() if first else node.downstream.values())

    def _reported(self, success: bool) -> dict[str, Any] | None:
        """The context that Airflow gives to callbacks of the DAG, if there was a task.

        It is that of the last task, in Airflow 3 of the last one that failed.
        """
        runs = [run for node in self.nodes.values() for run in node.runs]
        failed = [run for run in runs if run.outcome == FAILED]
        if failed and not success and self.run._airflow > 2:
            runs = failed
        return runs[-1].context_of(self.run, self.xcoms) if runs else None

    def _deciding_nodes(self) -> list[Node]:
        """The leaves as a DAG run sees them: teardowns do not count."""
        nodes = list(self.nodes.values())
        leaves = [node for node in nodes if decides(node)]
        return leaves or [node for node in nodes if not node.downstream]


def decides(node: Node) -> bool:
    """Whether a DAG run's end depends on this node (`DagRun._tis_for_dagrun_state`)."""

    def counts(other: Node) -> bool:
        return not other.is_teardown or other.on_failure_fail_dagrun

    return counts(node) and not any(map(counts, node.downstream.values()))


def no_arguments(**options: Any) -> None:
    """Refuse an argument of a body that would be lost as an option of its name."""
    for name, value in options.items():
        if not isinstance(value, bool):
            raise TypeError(
                f"{name!r} is an option of the node: True or False, not {value!r}"
            )
