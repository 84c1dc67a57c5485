"""Dynamic task mapping of operators: `Operator.partial(...).expand(...)`."""

from __future__ import annotations

from typing import Any

from airflow_compat.dependencies import Dependencies
from airflow_compat.expansion import ListOfDicts, Mapped, Product, joined, refuse_twice
from airflow_compat.graph import TaskGraph
from airflow_compat.nodes import Node, XComArg
from airflow_compat.operator_runs import OperatorNode
from airflow_compat.operators import BaseOperator, merged_defaults, node_in_making
from airflow_compat.options import OPTIONS, WITHOUT_MEANING, read_options
from airflow_compat.task_runs import TaskRun

__all__ = ["MappedOperator"]


class PartialOperator:
    """An operator and the arguments that all of its runs share: `Operator.partial`."""

    def __init__(
        self, operator: type[Any], task_id: str, shared: dict[str, Any]
    ) -> None:
        if operator.unwanted is not BaseOperator.unwanted:
            raise NotImplementedError(f"{operator.__name__} cannot be mapped in a flow")
        self.operator = operator
        self.task_id = task_id
        self.shared = shared

    def expand(self, **lists: Any) -> MappedOperator:
        """A run for every combination of the elements."""
        refuse_twice(self.shared, lists)
        return MappedOperator(self, Product(lists))

    def expand_kwargs(self, listed: Any) -> MappedOperator:
        """A run for every dict of arguments."""
        return MappedOperator(self, ListOfDicts(listed))


class MappedOperator(Dependencies):
    """Stands for all runs of a mapped operator."""

    def __init__(self, partial: PartialOperator, over: Product | ListOfDicts) -> None:
        graph = TaskGraph.current()
        self.task_id = graph.free_id(partial.task_id)
        self.node = MappedNode(graph, self.task_id, partial)
        self.node.map_over(over)
        self.node.depend_on([partial.shared, over.value])
        graph.insert(self.node)

    @property
    def roots(self) -> list[Node]:
        """Its node."""
        return [self.node]

    @property
    def leaves(self) -> list[Node]:
        """Its node."""
        return [self.node]

    @property
    def output(self) -> XComArg:
        """What its runs return, a list."""
        return XComArg(self.node)


class MappedNode(Mapped, OperatorNode):
    """A node that runs an operator once for each of what it is mapped over."""

    def __init__(
        self, graph: TaskGraph, task_id: str, partial: PartialOperator
    ) -> None:
        shared = partial.shared
        self.partial = partial
        self.defaults = merged_defaults(shared.get("default_args"))
        rule = {**self.defaults, **shared}.get("trigger_rule", "all_success")
        super().__init__(graph, task_id, rule)
        where = f"{partial.operator.__name__}(task_id={task_id!r})"
        options = {name: value for name, value in shared.items() if is_option(name)}
        self.options = read_options(
            where, options, self.defaults, graph.ignored_arguments
        )

    def allowed(self, run: TaskRun) -> Any:
        """What the operator runs as."""
        return self.task(run)

    def submit(self, run: TaskRun) -> TaskRun:
        """Start one run of the operator."""
        return OperatorNode.submit(self, run)

    def instance(self, run: TaskRun) -> Any:
        """The operator of one run, made anew for each try."""
        arguments = joined(self.partial.shared, self.each[run.map_index])
        arguments.update(task_id=self.partial.task_id, default_args=self.defaults)
        token = node_in_making.set(self)
        try:
            return self.partial.operator(**arguments)
        finally:
            node_in_making.reset(token)


def is_option(name: str) -> bool:
    """Whether every operator takes an argument of that name."""
    return name in OPTIONS or name in WITHOUT_MEANING
