"""Nodes of a `TaskGraph` and the edges between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from airflow_compat.dependencies import Dependencies
from airflow_compat.exceptions import AirflowException, XComNotFound
from airflow_compat.rules import (
    FAILED,
    RULES,
    SKIPPED,
    SUCCESS,
    UPSTREAM_FAILED,
    Upstream,
    decide,
)
from airflow_compat.variables import ABSENT
from airflow_compat.xcom import RETURN, LazySelectSequence, LazyXComSequence

if TYPE_CHECKING:
    from airflow_compat.graph import TaskGraph
    from airflow_compat.task_runs import TaskRun

__all__ = ["DagCycleError", "DuplicateTaskIdFound", "Node"]


class DuplicateTaskIdFound(AirflowException):
    """Two nodes of one graph have the same id."""


class DagCycleError(AirflowException):
    """The graph leads from a node back to itself."""


class Node(Dependencies):
    """One task of a `TaskGraph`.

    What it does when its turn has come is up to its class: `start`, and `ended` for
    each of the task runs that it started.
    """

    def __init__(
        self, graph: TaskGraph, task_id: str, trigger_rule: Any = "all_success"
    ) -> None:
        if not isinstance(trigger_rule, str) or trigger_rule not in RULES:
            raise AirflowException(f"{trigger_rule!r} is not a trigger rule")
        self.graph = graph
        self.task_id = task_id
        self.trigger_rule = trigger_rule
        self.is_setup = self.is_teardown = self.on_failure_fail_dagrun = False
        self.upstream: dict[str, Node] = {}
        self.downstream: dict[str, Node] = {}
        # The round of Airflow's scheduler in which it starts, or the first in which
        # it can.
        self.round = 0
        self.runs: list[TaskRun] = []
        # Each is called with what a run of the node returned, and may fail it.
        self.checks: list[Any] = []

    def __repr__(self) -> str:
        return f"<Node {self.task_id}>"

    # What its class decides.

    is_mapped = False

    def verdict(self, states: list[Upstream]) -> str | None:
        """What the states of its upstreams mean for it; None to wait on (`decide`)."""
        return decide(self.trigger_rule, states)

    def start(self) -> list[TaskRun]:
        """Start the task runs of this node, in the order of their map indexes."""
        raise NotImplementedError

    def stand_in(self, outcome: str) -> list[TaskRun]:
        """Task runs for a body that does not run: "skipped" or "upstream_failed"."""
        raise NotImplementedError

    def ended(self, run: TaskRun, result: Any) -> Iterable[Node]:
        """Keep what a successful run returned; gives the nodes to skip because of it."""
        return ()

    # What the graph and other nodes ask.

    @property
    def roots(self) -> Sequence[Node]:
        """The node itself."""
        return [self]

    @property
    def leaves(self) -> Sequence[Node]:
        """The node itself."""
        return [self]

    @property
    def future(self) -> Any:
        """Prefect's future of the node's task run, None before it started."""
        return self.runs[0].future if self.runs else None

    @property
    def outcome(self) -> str | None:
        """How the node ended; None before it has. The worst of several runs counts."""
        outcomes = [run.outcome for run in self.runs]
        if None in outcomes:
            return None
        ranked = (FAILED, UPSTREAM_FAILED, SUCCESS, SKIPPED)
        return next((outcome for outcome in ranked if outcome in outcomes), None)

    def states(self) -> list[Upstream]:
        """What trigger rules see of this node: each of its runs for itself."""
        if not self.runs:
            return [Upstream(None, self.round, self.is_setup)]
        return [Upstream(run.outcome, run.round, self.is_setup) for run in self.runs]

    def relatives(self) -> dict[str, Node]:
        """Every node that can be reached from here."""
        found: dict[str, Node] = {}
        waiting = list(self.downstream.values())
        while waiting:
            node = waiting.pop()
            if node.task_id not in found:
                found[node.task_id] = node
                waiting.extend(node.downstream.values())
        return found

    # What flows write.

    @property
    def output(self) -> Node:
        """The node itself, as an argument of another one."""
        return self

    def __getitem__(self, key: str) -> XComArg:
        return XComArg(self, key)

    def __str__(self) -> str:
        return pulling(self.task_id, RETURN)

    def as_setup(self) -> Node:
        """Mark this node as Airflow's setup: teardowns ask whether it succeeded."""
        self.is_setup = True
        return self

    def as_teardown(
        self,
        *,
        setups: Node | Iterable[Node] = (),
        on_failure_fail_dagrun: bool = False,
    ) -> Node:
        """Mark this node as Airflow's teardown: it does not decide how the run ends."""
        self.is_teardown = True
        self.on_failure_fail_dagrun = on_failure_fail_dagrun
        self.trigger_rule = "all_done_setup_success"
        for setup in [setups] if isinstance(setups, Node) else setups:
            self.set_upstream(setup.as_setup())
        return self


class Group(Dependencies):
    """Nodes under one id; `TaskGroup` says how they come by it."""

    def __init__(self) -> None:
        self.members: list[Dependencies] = []
        self.default_args: dict[str, Any] = {}

    def child_id(self, name: str) -> str:
        """The id of a node or group of that name in here."""
        return name


class XComArg(Dependencies):
    """`node["key"]`: one of the values that a node leaves."""

    def __init__(self, node: Node, key: str = RETURN) -> None:
        self.node = node
        self.key = key

    def __getitem__(self, key: str) -> XComArg:
        return XComArg(self.node, key)

    def __str__(self) -> str:
        return pulling(self.node.task_id, self.key)

    @property
    def roots(self) -> Sequence[Node]:
        """The node that leaves it."""
        return [self.node]

    @property
    def leaves(self) -> Sequence[Node]:
        """The node that leaves it."""
        return [self.node]

    def value(self, *, optional: bool = False) -> Any:
        """What the node left. Raises XComNotFound where it left nothing.

        A mapped node left a list, of what those of its runs did that left something.
        """
        graph = self.node.graph
        if self.node.is_mapped:
            values = graph.xcoms.all_of(self.node.task_id, self.key).values()
            if graph.run._airflow > 2:
                return LazyXComSequence(values)
            found = LazySelectSequence(values) if values else ABSENT
        else:
            found = graph.xcoms.of(self.node.task_id, self.key, ABSENT)
        if found is not ABSENT and (found is not None or graph.run._airflow == 2):
            return found
        if self.key == RETURN or optional:
            return None
        raise XComNotFound(
            f"XComArg result from {self.node.task_id} at {graph.run.dag.dag_id}"
            f' with key="{self.key}" is not found!'
        )


def pulling(task_id: str, key: str) -> str:
    """What a text holds that holds a node: the template that pulls its value."""
    return f"{{{{ task_instance.xcom_pull(task_ids={task_id!r}, key={key!r}) }}}}"


def is_reference(value: Any) -> bool:
    """Whether an argument stands for what a node leaves."""
    return isinstance(value, (Node, XComArg))
