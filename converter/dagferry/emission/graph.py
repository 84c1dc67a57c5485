"""Writes a flow that builds a TaskGraph: the user's code in place, every task call a node."""

from __future__ import annotations

from dagferry.build.layout import WIDTH, lay_out
from dagferry.build.names import fresh, words
from dagferry.build.nodes import Dotted, Invoke, Named, Node, Raw, literal
from dagferry.emission.body import (
    comments_in,
    moved,
    statement_floors,
    surroundings,
    written_above,
)
from dagferry.emission.flows import FlowWriter
from dagferry.emission.tasks import TaskWriter
from dagferry.model.dag import Dag, Statement
from dagferry.model.project import Module
from dagferry.model.task import Task
from dagferry.model.values import Const, Span, Template
from dagferry.plan.lift import plain_lambda
from dagferry.plan.model_index import ModelIndex
from dagferry.source.context_names import TASK_INSTANCE


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
        if self._takes_context(task):
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

    def write(self) -> list[str]:
        """The `with TaskGraph()` block, its body, and what the flow returns."""
        tasks = self.flow.tasks
        graph = self._graph_name()
        self._edit_tasks(graph)
        run = tasks.run if self.flow.needs_run else ""
        head = f"    with {tasks.requests.helper('TaskGraph')}({run}) as {graph}:"
        body = self._body()
        return [*self._docstring(), head, *body, f"    return {graph}.leaves"]

    def _graph_name(self) -> str:
        """The user's name for the DAG where code other than `dag=dag` mentions it."""
        variable = self.flow.site.variable
        if variable is not None and self.flow.site.form != "decorator" and self._mentions(variable):
            return variable
        return fresh("graph", self.flow.module.bound_names)

    def _mentions(self, variable: str) -> bool:
        text = self.flow.edits.text
        spans = sorted((t.span.start, t.span.end) for t in self.flow.module.tasks)
        for statement in self.flow.site.body:
            if statement.kind in {"property", "mention"}:
                continue
            position = statement.span.start
            for start, end in [s for s in spans if s[0] >= position and s[1] <= statement.span.end]:
                if variable in words(text[position:start]):
                    return True
                position = max(position, end)
            if variable in words(text[position : statement.span.end]):
                return True
        return False

    def _docstring(self) -> list[str]:
        statements = self.flow.site.body
        if self.flow.site.form != "decorator" or not _is_docstring(
            statements, self.flow.edits.text
        ):
            return []
        return self._lines(statements[:1], margin=4)

    def _drop_idle_names(self, statements: tuple[Statement, ...]) -> None:
        """A variable that nothing reads would only be idle in a function."""
        read = {name for statement in self.flow.site.body for name in statement.reads}
        for statement in statements:
            self._drop_idle_names(statement.body)
            if statement.kind == "task" and statement.target and statement.target not in read:
                first = self.flow.module.tasks[statement.tasks[0]].span.start
                start = statement.span.start
                self.flow.edits.drop(Span(start=start, end=first, line=0, column=0))

    def _edit_tasks(self, graph: str) -> None:
        self._drop_idle_names(self.flow.site.body)
        text = self.flow.edits.text
        for statement in self.flow.site.body:
            deeper = 8 - surroundings(text, statement.span, 0).margin
            for position in statement.tasks:
                edit_task(self.flow.module, position, self.flow.tasks, graph, deeper)

    def _body(self) -> list[str]:
        statements = self.flow.site.body
        if self.flow.site.form == "decorator" and _is_docstring(statements, self.flow.edits.text):
            statements = statements[1:]
        lines = self._lines(statements, margin=8) or ["        pass"]
        return lines + [f"        {line}" for line in self.flow.last_comments()]

    def _lines(self, statements: tuple[Statement, ...], margin: int) -> list[str]:
        text, lines = self.flow.edits.text, list[str]()
        floors = statement_floors(self.flow.site.body)
        where = {id(s): floor for s, floor in zip(self.flow.site.body, floors)}
        pending: list[str] = []
        for statement in statements:
            around = surroundings(text, statement.span, where[id(statement)])
            if statement.kind in {"property", "mention"}:
                pending += [line for line in (*around.above, around.behind.strip()) if line]
                continue
            written = self.flow.edits.render(statement.span.start, statement.span.end)
            above = written_above(around.above, first=not lines and not pending)
            comments = [*pending, *above, *self._lost(statement)]
            pending = []
            lines += [f"{' ' * margin}{line}".rstrip() for line in comments]
            lines.append(" " * margin + moved(written, margin - around.margin) + around.behind)
        return lines + [f"{' ' * margin}{line}" for line in pending]

    def _lost(self, statement: Statement) -> list[str]:
        if statement.kind not in {"task", "edge"}:
            return []
        module = self.flow.module
        spans = [module.tasks[task].span for task in statement.tasks]
        return [c for span in spans for c in comments_in(self.flow.edits.text, span)]


def edit_task(module: Module, position: int, tasks: TaskWriter, graph: str, deeper: int) -> None:
    """Replace a call that makes a task by `graph.add(...)`, laid out to stand `deeper` than now."""
    task = module.tasks[position]

    def write() -> str:
        text = tasks.edits.text
        start = text.rfind("\n", 0, task.span.start) + 1
        line = text[start : task.span.start]
        indent = len(line) - len(line.lstrip(" "))
        end = text.find("\n", task.span.end)
        after = max(0, (len(text) if end < 0 else end) - task.span.end)
        node = node_call(task, tasks, graph)
        return lay_out(node, indent, len(line), after, WIDTH - deeper)

    tasks.edits.replace(task.span, write)


def node_call(task: Task, tasks: TaskWriter, graph: str) -> Node:
    """`graph.add(task, arguments)`."""
    form = tasks.form(task)
    extra: list[Node] = []
    if task.taskflow and not _known_once(task, tasks):
        extra.append(Named("unique", Raw("True")))
    if task.options.trigger_rule != "all_success":
        extra.append(Named("trigger_rule", literal(task.options.trigger_rule)))
    if task.multiple_outputs:
        extra.append(Named("multiple_outputs", Raw("True")))
    return Invoke(Dotted(Raw(graph), "add"), (form.task, *form.arguments, *extra))


def _known_once(task: Task, tasks: TaskWriter) -> bool:
    """Whether every DAG has the task's name once, so that no number can follow it."""
    if not isinstance(task.name, Const):
        return False
    return _once(task, tasks.index, str(task.name.value))


def _once(task: Task, index: ModelIndex, name: str) -> bool:
    for module in index.project.modules:
        for dag in module.dags:
            mine = [node for node in dag.nodes if index.task(node) is task]
            if not mine:
                continue
            if not dag.exact or len(mine) > 1 or mine[0].task_id != name:
                return False
            if any(node.task_id.startswith(f"{name}__") for node in dag.nodes):
                return False
    return True


def _is_docstring(statements: tuple[Statement, ...], text: str) -> bool:
    if not statements or statements[0].kind != "kept":
        return False
    span: Span = statements[0].span
    return text[span.start : span.end].lstrip("rRuU")[:1] in {'"', "'"}
