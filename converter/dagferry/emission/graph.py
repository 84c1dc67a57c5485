"""Writes a flow that builds a TaskGraph: the user's code in place, every task call a node."""

from __future__ import annotations

from functools import partial

from dagferry.build.layout import WIDTH, Room, lay_out
from dagferry.build.names import fresh
from dagferry.build.nodes import Dotted, Invoke, Listed, Named, Node, Raw, literal
from dagferry.constructs._base import Form
from dagferry.constructs._registry import constructs
from dagferry.emission.flows import FlowWriter
from dagferry.emission.statements import (
    gained,
    is_docstring,
    with_above,
    with_lost,
    written_above,
)
from dagferry.emission.tasks import TaskWriter
from dagferry.model.context_names import TASK_INSTANCE
from dagferry.model.dag import Dag, Statement
from dagferry.model.project import Module
from dagferry.model.task import Task
from dagferry.model.values import Const, Template
from dagferry.plan.lift import plain_lambda
from dagferry.plan.model_index import ModelIndex
from dagferry.syntax import make
from dagferry.syntax import nodes as cst


class GraphWriter:
    """The body of a flow that builds a graph. `dags` are the DAGs that come of its site."""

    def __init__(self, flow: FlowWriter, dags: list[Dag]) -> None:
        self.flow = flow
        self.dags = dags
        flow.tasks.in_graph = True
        flow.needs_run = any(map(self._needs_run, self._all_tasks()))

    def _all_tasks(self) -> list[Task]:
        module, index = self.flow.module, self.flow.tasks.index
        found = [module.tasks[t] for s in self.flow.site.body for t in s.tasks]
        return found + [index.task(node) for dag in self.dags for node in dag.nodes]

    def _needs_run(self, task: Task) -> bool:
        if task.by_class or self._takes_context(task):
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


def edit_task(module: Module, position: int, tasks: TaskWriter, graph: Node, deeper: int) -> None:
    """Replace a call that makes a task by `graph.add(...)`, laid out to stand `deeper` than now."""
    task = module.tasks[position]
    call = tasks.places.expression(task.span)
    if keeps_class(task):
        # What it names comes from the helper, and the open graph takes it.
        tasks.places.changes.alter(call, _without_dag)
        return

    def write() -> cst.BaseExpression:
        room = tasks.places.room(call, WIDTH - deeper)
        return lay_out(node_call(task, tasks, graph), room)

    tasks.places.changes.replace(call, write)
    if tasks.places.comments(call):
        line = tasks.places.line_around(call)
        tasks.places.changes.alter(line, partial(with_lost, line))


def keeps_class(task: Task) -> bool:
    """Whether the call stays as it is spelled."""
    return task.by_class and task.refusal is None


def _without_dag(call: cst.Call) -> cst.Call:
    kept = [arg for arg in call.args if arg.keyword is None or arg.keyword.value != "dag"]
    return call if len(kept) == len(call.args) else make.with_arguments(call, kept)


def node_call(task: Task, tasks: TaskWriter, graph: Node) -> Node:
    """`graph.add(task, arguments)`, or `Class(task_id=..., arguments)`."""
    form = tasks.form(task)
    if form.by_class:
        given = (*tasks.identity(task), *form.arguments, *tasks.for_class(task))
        return _chained(Invoke(form.task, given), form)
    extra: list[Node] = []
    if task.taskflow and not _known_once(task, tasks):
        extra.append(Named("unique", Raw("True")))
    if task.options.trigger_rule != "all_success":
        extra.append(Named("trigger_rule", literal(task.options.trigger_rule)))
    if task.multiple_outputs:
        extra.append(Named("multiple_outputs", Raw("True")))
    if not task.options.keeps_result:
        extra.append(Named("do_xcom_push", Raw("False")))
    taken = form.kind(form.task) if form.kind else form.task
    taker = form.taker or Dotted(graph, form.method)
    return _chained(Invoke(taker, (taken, *form.arguments, *extra)), form)


def _chained(made: Invoke, form: Form) -> Invoke:
    for method, arguments in form.then:
        made = Invoke(Dotted(made, method), arguments)
    return made


def _known_once(task: Task, tasks: TaskWriter) -> bool:
    """Whether every DAG has the task's name once, so that no number can follow it."""
    if not isinstance(task.name, Const):
        return False
    return _once(task, tasks.index, str(task.name.value))


def _once(task: Task, index: ModelIndex, name: str) -> bool:
    made = index.nodes_of(task)
    # A name stands behind the ids of groups.
    return len({id(dag) for dag, _ in made}) == len(made) and all(
        dag.exact
        and (node.task_id == name or node.task_id.endswith(f".{name}"))
        and node.task_id not in index.numbered(dag)
        for dag, node in made
    )
