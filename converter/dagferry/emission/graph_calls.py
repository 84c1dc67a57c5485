"""Writes the call that adds a task to a graph: `graph.add(task, ...)`, or that of a class of the helper."""

from __future__ import annotations

from functools import partial

from dagferry.build.layout import WIDTH, lay_out
from dagferry.build.nodes import Dotted, Invoke, Named, Node, Raw, literal
from dagferry.constructs._base import Form
from dagferry.emission.statements import with_lost
from dagferry.emission.tasks import TaskWriter
from dagferry.model.project import Module
from dagferry.model.task import Task
from dagferry.model.values import Const
from dagferry.plan.model_index import ModelIndex
from dagferry.syntax import make
from dagferry.syntax import nodes as cst


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
