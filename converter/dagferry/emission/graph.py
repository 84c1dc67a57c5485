"""Writes a flow that builds a TaskGraph: the user's code in place, every task call a node."""

from __future__ import annotations

from dagferry.build.layout import Room, lay_out
from dagferry.build.names import fresh
from dagferry.build.nodes import Invoke, Listed, Named, Node, Raw, literal
from dagferry.constructs._registry import constructs
from dagferry.emission.flows import FlowWriter
from dagferry.emission.graph_calls import edit_task
from dagferry.emission.statements import (
    gained,
    is_docstring,
    with_above,
    written_above,
)
from dagferry.model.context_names import TASK_INSTANCE
from dagferry.model.dag import Dag, Statement
from dagferry.model.task import Task
from dagferry.model.values import Template
from dagferry.plan.lift import plain_lambda
from dagferry.syntax import make
from dagferry.syntax import nodes as cst


class GraphWriter:
    """The body of a flow that builds a graph. `dags` are the DAGs that come of its site."""

    def __init__(self, flow: FlowWriter, dags: list[Dag]) -> None:
        self.flow = flow
        self.dags = dags
        flow.tasks.in_graph = True
        called_back = bool(flow.site.on_failure or flow.site.on_success)
        flow.needs_run = called_back or any(map(self._needs_run, self._all_tasks()))

    def _all_tasks(self) -> list[Task]:
        module, index = self.flow.module, self.flow.tasks.index
        found = [module.tasks[t] for s in self.flow.site.body for t in s.tasks]
        return found + [index.task(node) for dag in self.dags for node in dag.nodes]

    def _needs_run(self, task: Task) -> bool:
        if task.by_class or task.options.callbacks or self._takes_context(task):
            return True
        # The rules of XComs that a graph follows without a run are those of Airflow 2.
        function = self.flow.tasks.index.function(task.function)
        pulls = task.multiple_outputs or (function is not None and function.uses_context)
        # So are those for arguments by position.
        placed = any(argument.name is None for argument in task.arguments)
        return self.flow.site.airflow_version != 2 and (pulls or placed)

    def _takes_context(self, task: Task) -> bool:
        if task.refusal is not None:
            return False
        if any(isinstance(argument.value, Template) for argument in task.arguments):
            return True
        function = self.flow.tasks.index.function(task.function)
        if function is None:
            return task.body is not None and not plain_lambda(task)
        named = set(function.context_parameters) - TASK_INSTANCE
        doubles = any(p.kind == "double" for p in function.parameters)
        only_instance = function.opaque is None and not function.reads
        return bool(named or function.reads or function.opaque or (doubles and not only_instance))

    def write(self) -> list[cst.Statement]:
        """The `with TaskGraph()` block, its body, and what the flow returns."""
        graph = self._graph_name()
        self._edit_tasks(graph)
        item = cst.WithItem(self._made(), asname=cst.AsName(cst.Name(graph)))
        block = cst.With(items=[item], body=self._body())
        leaves = make.attribute(make.expression(graph), "leaves")
        return [*self._docstring(), block, make.line(cst.Return(leaves))]

    def _made(self) -> cst.BaseExpression:
        """`TaskGraph(run, default_args=...)`."""
        tasks = self.flow.tasks
        given: list[Node] = [Raw(tasks.run)] if self.flow.needs_run else self._version()
        defaults = self.flow.site.default_args
        kept = [task for task in self._all_tasks() if task.by_class]
        if defaults is not None and kept:
            given.append(Named("default_args", tasks.value(defaults)))
        ignored = sorted({name for task in kept for name in task.ignored})
        if ignored:
            given.append(Named("ignored_arguments", Listed(tuple(map(literal, ignored)))))
        made = Invoke(Raw(tasks.requests.helper("TaskGraph")), tuple(given))
        return lay_out(made, Room(block=4, before=len("with ")))

    def _version(self) -> list[Node]:
        """`airflow=3`, where no run says so and a task goes by it; the graph goes by 2 unless told."""
        version = self.flow.site.airflow_version
        found = any(_by_version(task) for task in self._all_tasks())
        return [Named("airflow", literal(version))] if version != 2 and found else []

    def _graph_name(self) -> str:
        """The user's name for the DAG where code other than `dag=dag` mentions it."""
        variable = self.flow.site.variable
        if variable is not None and self.flow.site.form != "decorator" and self._mentions(variable):
            return variable
        return fresh("graph", self.flow.module.bound_names)

    def _mentions(self, variable: str) -> bool:
        places = self.flow.places
        made = [places.expression(task.span) for task in self.flow.module.tasks]
        inside = {id(name) for call in made for name in places.names(call)}
        return any(
            name.value == variable and id(name) not in inside
            for statement in self.flow.site.body
            if statement.kind not in {"property", "mention"}
            for name in places.names(places.statement(statement.span))
        )

    def _docstring(self) -> list[cst.Statement]:
        return self._written(self.flow.site.body[:1])[0] if self._has_docstring() else []

    def _has_docstring(self) -> bool:
        statements = self.flow.site.body
        if self.flow.site.form != "decorator" or not statements or statements[0].kind != "kept":
            return False
        places = self.flow.places
        return is_docstring(places.line(places.statement(statements[0].span)))

    def _drop_idle_names(self, statements: tuple[Statement, ...]) -> None:
        """A variable that nothing reads would only be idle in a function."""
        read = {name for statement in self.flow.site.body for name in statement.reads}
        for statement in statements:
            self._drop_idle_names(statement.body)
            if statement.kind == "task" and statement.target and statement.target not in read:
                self.flow.places.changes.alter(
                    self.flow.places.statement(statement.span), _without_target
                )

    def _edit_tasks(self, graph: str) -> None:
        self._drop_idle_names(self.flow.site.body)
        places = self.flow.places
        for statement in self.flow.site.body:
            deeper = 8 - places.margin(places.statement(statement.span))
            for position in statement.tasks:
                edit_task(self.flow.module, position, self.flow.tasks, Raw(graph), deeper)

    def _body(self) -> cst.IndentedBlock:
        statements = self.flow.site.body
        if self._has_docstring():
            statements = statements[1:]
        body, after = self._written(statements)
        after += self.flow.last_comments()
        if not body:
            return make.block([with_above(make.line(cst.Pass()), after)])
        return make.block(body, after)

    def _written(self, statements: tuple[Statement, ...]) -> tuple[list[cst.Statement], list[str]]:
        """The statements as they stand in the graph, and the comments that are left behind them."""
        places, found = self.flow.places, list[cst.Statement]()
        pending: list[str] = []
        for statement in statements:
            node = places.statement(statement.span)
            above, behind = places.around(node)
            new = [] if statement.kind in {"property", "mention"} else places.lines(node)
            if not new:
                pending += [text for text in (*above, behind) if text]
                continue
            own = written_above(above, first=not found and not pending)
            found += [
                with_above(new[0], [*pending, *own, *gained(places.line(node), new[0])]),
                *new[1:],
            ]
            pending = []
        return found, pending


def _by_version(task: Task) -> bool:
    return task.refusal is None and constructs()[task.construct].by_version


def _without_target(statement: cst.Assign | cst.AnnAssign) -> cst.CSTNode:
    assert statement.value is not None
    return cst.Expr(value=statement.value, semicolon=statement.semicolon)
