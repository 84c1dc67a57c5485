"""Making tasks, groups and DAGs while code is followed."""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.source.abstract import (
    Abstract,
    Builder,
    DagValue,
    GroupValue,
    Known,
    LooseTask,
    MadeTask,
    Scope,
    TaskValue,
    Unknown,
    as_text,
    tasks_in,
    text_value,
)
from dagferry.source.edges import adopt, connect
from dagferry.source.following import Follower
from dagferry.source.given_arguments import Given
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled


def make_dag(site: grammar.Node, dag_id: Abstract, scope: Scope, machine: Follower) -> DagValue:
    """A DAG that a call or a decorated function makes."""
    name, family = _identity(dag_id)
    builder = Builder(scope.module, site, name, family, scope=scope)
    machine.open_dag(builder)
    return DagValue(builder)


def make_task(
    node: grammar.Call,
    name: Abstract,
    given: Given,
    scope: Scope,
    machine: Follower,
    *,
    unique: bool = False,
    callee: Abstract | None = None,
) -> Abstract:
    """A task that a call makes in the DAG it names or the open one, with edges from its arguments."""
    machine.site_callees.setdefault(node, []).append(callee)
    builder = _builder(given, machine)
    if builder is None:
        if given.named.get("dag", Known(None)) != Known(None):
            # The DAG that it names is not known.
            return Unknown(spelled(node.func))
        task_id, family = _identity(name)
        made = MadeTask(scope.module, node, task_id, family, machine.uncertain > 0)
        return LooseTask(made, tuple(machine.path))
    named = given.named.get("task_group")
    groups = (*named.outer, named) if isinstance(named, GroupValue) else tuple(builder.groups)
    task_id, family = in_groups(name, groups)
    if unique:
        task_id = _free(task_id, builder)
    made = MadeTask(scope.module, node, task_id, family)
    made.conditional = machine.uncertain > 0
    builder.nodes.append(made)
    for group in groups:
        group.indexes.append(len(builder.nodes) - 1)
    machine.site_dags.setdefault(node, []).append(builder)
    machine.site_groups.setdefault(node, []).append(groups)
    value = TaskValue(builder, len(builder.nodes) - 1)
    for argument in (one for one in given.all() if one is not named):
        adopt(argument, value, machine)
        for up in tasks_in(argument):
            connect(up, value, machine, data=True)
    return value


def in_groups(name: Abstract, groups: Sequence[GroupValue]) -> tuple[str, bool]:
    """The id of a task or group of that name inside of groups, and whether it is a pattern."""
    text, family = _identity(name)
    if not groups:
        return text, family
    return groups[-1].child_id(text), family or groups[-1].family


def _builder(given: Given, machine: Follower) -> Builder | None:
    named = given.named.get("dag")
    if isinstance(named, DagValue):
        return named.builder
    return machine.current[-1] if machine.current else None


def _identity(name: Abstract) -> tuple[str, bool]:
    text = text_value(as_text(name))
    if isinstance(text, Known):
        return str(text.value), False
    return text.text, True


def _free(task_id: str, builder: Builder) -> str:
    taken = {node.task_id for node in builder.nodes}
    if task_id not in taken:
        return task_id
    number = 1
    while f"{task_id}__{number}" in taken:
        number += 1
    return f"{task_id}__{number}"
