"""Names the variables of a lifted flow that hold what its tasks give."""

from __future__ import annotations

from functools import cached_property

from dagferry.build.names import fresh, identifier
from dagferry.constructs._registry import constructs
from dagferry.emission.data_flow import DataFlow
from dagferry.emission.requests import RESERVED
from dagferry.emission.tasks import TaskWriter
from dagferry.model.task import Task
from dagferry.model.values import Const
from dagferry.model.xcom_keys import RETURN_VALUE


class ResultNames:
    """The variables of a lifted flow that hold what its tasks give, by node; `submits`: they hold futures."""

    def __init__(self, data: DataFlow, tasks: TaskWriter, submits: bool) -> None:
        self.data = data
        self.tasks = tasks
        self.submits = submits
        self.names: dict[int, str] = {}
        self._name_all()

    def _name_all(self) -> None:
        needed = self._referenced()
        used = {name for s in self.data.site.body for name in s.reads} | self._functions_used
        taken = {*self.data.module.top_names, *RESERVED, self.tasks.run, "logical_date", *used}
        taken |= {param.name for param in self.data.site.params}
        targets = {s.target for s in self.data.site.body if s.kind == "task" and s.target}
        for node in sorted(needed):
            name = self._wanted(node, (taken - targets) | self._functions_used)
            self.names[node] = name
            taken.add(name)
            self._rename(node, name)

    @cached_property
    def _functions_used(self) -> set[str]:
        """Names by which the flow calls its tasks: no variable of the flow may have one."""
        found = set()
        for node in range(len(self.data.dag.nodes)):
            task = self.data.task(node)
            if task.function is not None:
                found.add(task.function.name.rpartition(".")[2])
            elif isinstance(task.name, Const) and self._is_defined(task):
                found.add(identifier(str(task.name.value)))
        return found

    def _is_defined(self, task: Task) -> bool:
        """Whether the task is a function of our own above the flow, called like the task."""
        return task.refusal is not None or constructs()[task.construct].runs_nothing

    def _wanted(self, node: int, taken: set[str]) -> str:
        task = self.data.task(node)
        target = self.data.statement_of[self.data.dag.nodes[node].task].target
        if task.taskflow and target is not None:
            return fresh(target, taken - {target} | self._functions_used, "run")
        keys = [key for key in self.data.paths(node) if key != RETURN_VALUE]
        wanted = keys[0] if len(keys) == 1 else self.data.dag.nodes[node].task_id
        return fresh(identifier(wanted), taken, "run" if self.submits else "result")

    def _rename(self, node: int, name: str) -> None:
        statement = self.data.statement_of[self.data.dag.nodes[node].task]
        if statement.target is not None:
            self.tasks.renamed[statement.target] = name

    def _referenced(self) -> set[int]:
        found: set[int] = set()
        for node in range(len(self.data.dag.nodes)):
            found |= {use.node for uses in self.data.pulled(node) for use in uses}
            found |= self.data.argument_nodes(node)
            if self.submits:
                found |= self.data.order.upstream[node] - self.data.nested_in(node)
        if self.submits:
            found |= set(self.data.order.leaves)
        return found - self.data.nested
