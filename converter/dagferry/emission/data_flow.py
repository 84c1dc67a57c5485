"""What the tasks of a lifted flow take from each other: by XComs, by variables, by calls in calls."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dagferry.model.dag import Dag, DagSite
from dagferry.model.function import Function
from dagferry.model.project import Module
from dagferry.model.task import Task
from dagferry.model.values import Code
from dagferry.plan.functions import needs_rewrite
from dagferry.plan.lift import find_node
from dagferry.plan.model_index import ModelIndex
from dagferry.plan.order import Order
from dagferry.plan.xcoms import paths as paths_of


@dataclass(frozen=True, slots=True)
class Use:
    """A task's value as another task takes it: the upstream node and the path into its result."""

    node: int
    path: tuple[str, ...]


class DataFlow:
    """What the tasks of a lifted DAG take from each other. Nodes are positions in `dag.nodes`."""

    def __init__(self, module: Module, site: DagSite, dag: Dag, index: ModelIndex) -> None:
        self.module = module
        self.site = site
        self.dag = dag
        self.index = index
        self.order = Order(dag)
        self.position = {node.task: index for index, node in enumerate(dag.nodes)}
        self.statement_of = {task: one for one in site.body for task in one.tasks}

    def task(self, node: int) -> Task:
        """The task of a node."""
        return self.module.tasks[self.dag.nodes[node].task]

    def function(self, node: int) -> Function | None:
        """The function that the task of a node runs, where the folder has it."""
        return self.index.function(self.task(node).function)

    @cached_property
    def nested(self) -> set[int]:
        """Tasks that are called inside the arguments of another: they need no name."""
        return {up for node in range(len(self.dag.nodes)) for up in self.nested_in(node)}

    def nested_in(self, node: int) -> set[int]:
        """Tasks that are called inside the arguments of this one."""
        span = self.task(node).span
        return {
            other
            for other in self.order.upstream[node]
            if span.start < self.task(other).span.start and self.task(other).span.end < span.end
        }

    @cached_property
    def _targets(self) -> dict[str, int]:
        """The tasks that variables hold."""
        return {
            s.target: self.position[s.tasks[0]]
            for s in self.site.body
            if s.kind == "task" and s.target and s.tasks and s.tasks[0] in self.position
        }

    def argument_nodes(self, node: int) -> set[int]:
        """Tasks whose variables the arguments of a task name."""
        targets = self._targets
        found = set()
        for argument in self.task(node).arguments:
            if isinstance(argument.value, Code):
                found |= {targets[name] for name in argument.value.names if name in targets}
        return found

    def paths(self, node: int) -> dict[str, tuple[str, ...]]:
        """Where the result of a task's run has each of its XComs, by key."""
        function = self.function(node)
        return paths_of(self.task(node), function, function is not None and needs_rewrite(function))

    def pulled(self, node: int) -> list[list[Use]]:
        """What the function of a task pulls, pull by pull."""
        function = self.function(node)
        if function is None or not needs_rewrite(function):
            return []
        return [self.uses(pull.task_ids, pull.key) for pull in function.pulls]

    def uses(self, task_ids: tuple[str, ...], key: str) -> list[Use]:
        """The values of some tasks under a key."""
        found = []
        for task_id in task_ids:
            upstream = find_node(self.dag, task_id)
            assert upstream is not None
            found.append(Use(upstream, self.paths(upstream)[key]))
        return found
