"""Looking things up in the model of a folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from dagferry.model.dag import Dag, DagSite, Node
from dagferry.model.function import Function
from dagferry.model.project import Module, Project
from dagferry.model.task import FunctionKey, Task
from dagferry.model.values import Code, Imported


class ModelIndex:
    """The project by paths, names and sites."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.by_path = {module.path: module for module in project.modules}
        self.by_name = {module.name: module for module in project.modules}
        self._functions = {
            (module.name, function.name): function
            for module in project.modules
            for function in module.functions
        }
        self.users: dict[tuple[str, str], list[tuple[str, int, Task]]] = {}
        for module in project.modules:
            for position, task in enumerate(module.tasks):
                if task.function is not None:
                    key = (task.function.module, task.function.name)
                    self.users.setdefault(key, []).append((module.path, position, task))
        self._numbered: dict[int, frozenset[str]] = {}
        self._dags: dict[tuple[str, int], list[Dag]] = {}
        for module in project.modules:
            for dag in module.dags:
                self._dags.setdefault((dag.module, dag.site), []).append(dag)

    def function(self, key: FunctionKey | None) -> Function | None:
        """The function that a key means."""
        return self._functions.get((key.module, key.name)) if key else None

    def functions(self, task: Task, module: Module) -> tuple[Function, ...]:
        """What a task of the module runs; all it may run, where a variable holds the function."""
        known = self.function(task.function)
        methods = tuple(one for key in task.methods if (one := self.function(key)) is not None)
        if known is not None or methods:
            return (*([known] if known else []), *methods)
        if task.refusal is not None or task.body is None or task.parameters is not None:
            return ()
        return tuple(
            one
            for one in module.functions
            if one.called_directly and one.decorator is None and "." not in one.name
        )

    def callbacks(self, asked: Iterable[Code | Imported], module: Module) -> tuple[Function, ...]:
        """The functions of the folder that expressions for callbacks mention."""
        asked = tuple(asked)
        codes = [one for one in asked if isinstance(one, Code)]
        mentioned = {name for one in codes for name in one.names}
        origins = {name.local: name.origin for one in module.imports for name in one.names}
        keys = [
            tuple(origins.get(word, f"{module.name}.{word}").rpartition(".")[::2])
            for word in sorted(mentioned)
        ]
        keys += [(one.module, one.name) for one in asked if isinstance(one, Imported)]
        return tuple(self._functions[key] for key in keys if key in self._functions)

    def task(self, node: Node) -> Task:
        """The call that makes a node."""
        return self.by_path[node.module].tasks[node.task]

    @cached_property
    def _made(self) -> dict[int, list[tuple[Dag, Node]]]:
        found: dict[int, list[tuple[Dag, Node]]] = {}
        for module in self.project.modules:
            for dag in module.dags:
                for node in dag.nodes:
                    found.setdefault(id(self.task(node)), []).append((dag, node))
        return found

    def nodes_of(self, task: Task) -> Sequence[tuple[Dag, Node]]:
        """What a call makes in the DAGs of the folder."""
        return self._made.get(id(task), ())

    def numbered(self, dag: Dag) -> frozenset[str]:
        """What stands before `__` in the ids of a DAG's tasks: Airflow numbers ids that way."""
        if id(dag) not in self._numbered:
            ids = [node.task_id for node in dag.nodes if "__" in node.task_id]
            self._numbered[id(dag)] = frozenset(
                one[:end] for one in ids for end in range(len(one)) if one.startswith("__", end)
            )
        return self._numbered[id(dag)]

    def dags(self, module: Module, site: int) -> list[Dag]:
        """The DAGs that come of a site, wherever they are made."""
        return self._dags.get((module.path, site), [])

    def site(self, dag: Dag) -> DagSite:
        """The site that a DAG comes of."""
        return self.by_path[dag.module].sites[dag.site]
