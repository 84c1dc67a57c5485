"""TaskGroup and `@task_group`: the same block and the same decorator, which the helper has.

A group has no meaning of its own when a DAG runs: it puts its id before those of its tasks, gives them
`default_args`, and an edge to or from it is one to or from the tasks at its ends. Prefect has nothing
like it, so the flow keeps the block, and the helper's `TaskGraph` the ids and edges.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#taskgroups
Prefect: https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

from typing import ClassVar

from dagferry.constructs._base import Call, Case, Construct, Replacement
from dagferry.constructs._option_names import LEFT_OUT, LIMITS
from dagferry.errors import Impossible
from dagferry.source.abstract import (
    Abstract,
    Builder,
    DagValue,
    FunctionValue,
    GroupValue,
    Known,
    Origin,
    Unknown,
)
from dagferry.source.airflow_names import decorator_of
from dagferry.source.calls import follow_body, followed_arguments
from dagferry.source.constants import Located
from dagferry.source.graph_builder import in_groups
from dagferry.source.merging import snapshot
from dagferry.source.tracing import Given, TracedCall
from dagferry.syntax import grammar

# What only says how Airflow shows a group.
_SHOWN = ("tooltip", "ui_color", "ui_fgcolor", "group_display_name", "doc_md")
_CARRIED = ("group_id", "prefix_group_id", "default_args", "dag")
# What an argument has that asks for nothing.
_NEUTRAL = (None, False, 1, "default", "default_pool")


class TaskGroup(Construct):
    """TaskGroup in all its homes."""

    kind = "group"
    grade = "adapted"
    names = (
        "airflow.utils.task_group.TaskGroup",
        "airflow.sdk.TaskGroup",
        "airflow.sdk.definitions.taskgroup.TaskGroup",
        "airflow.decorators.task_group",
        "airflow.decorators.task_group.task_group",
        "airflow.sdk.task_group",
        "airflow.sdk.definitions.decorators.task_group.task_group",
    )
    replaces: ClassVar[dict[str, Replacement]] = {
        name: Replacement("airflow_compat", name.rpartition(".")[2]) for name in names
    }
    helper_parts = ("groups", "group_functions")

    def trace(self, call: TracedCall) -> Abstract:
        """A group of the DAG that it names or the open one; of a function, with what it makes."""
        if isinstance(call.callee, FunctionValue):
            return _called(call, call.callee)
        named = call.given.named.get("dag")
        builder = named.builder if isinstance(named, DagValue) else call.open_dag
        if builder is None:
            return Unknown("TaskGroup")
        name = call.given.named.get("group_id") or next(iter(call.given.positional), None)
        group = _group(call, call.given, name or Unknown("group_id"), builder)
        call.machine.group_calls.setdefault(call.node, []).append(group)
        return group

    def read(self, call: Call) -> None:
        """Its id and defaults are carried over, how it is shown is told."""
        arguments = call.arguments
        arguments.ignore(*_CARRIED)
        for name in _SHOWN:
            if arguments.find(name) is not None:
                call.tell("look of a group", argument=name)
        _tell_defaults(call)
        suffix = arguments.find("add_suffix_on_collision")
        if suffix is not None and not _says_nothing(call, suffix):
            call.refuse("DF301", "the argument `add_suffix_on_collision` of a task group")
        if arguments.positional > 1:
            call.refuse("DF303", "positional arguments of a task group")
        if arguments.spread:
            call.refuse("DF303", "arguments of a task group that only a run knows")
        for name in arguments.leftover:
            call.refuse("DF301", f"the argument `{name}` of a task group")

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.bash import BashOperator
                from airflow.utils.task_group import TaskGroup

                with DAG("grouped", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    with TaskGroup("checks") as checks:
                        BashOperator(task_id="rows", bash_command="echo 3")
                    checks >> BashOperator(task_id="report", bash_command="echo done")
                """,
            after="""\
                from prefect import flow

                from airflow_compat import TaskGraph, TaskGroup, bash


                @flow(name="grouped", log_prints=True)
                def grouped():
                    with TaskGraph() as graph:
                        with TaskGroup("checks") as checks:
                            graph.add(bash.with_options(name="rows"), "echo 3")
                        checks >> graph.add(bash.with_options(name="report"), "echo done")
                    return graph.leaves


                if __name__ == "__main__":
                    grouped()
                """,
            findings=("DF502",),
            grade="adapted",
        ),
    )


def _called(call: TracedCall, function: FunctionValue) -> Abstract:
    """What a call of a `@task_group` function gives: what it returns, or else the group."""
    decorator = decorator_of(function.node, function.module)
    builder = call.open_dag
    if builder is None or decorator is None:
        return Unknown("task_group")
    node, given = decorator[1], Given([], {}, True)
    if isinstance(node, grammar.Call):
        given = followed_arguments(node, function.scope, call.machine)
    name = given.named.get("group_id", Known(getattr(function.node, "name", "group")))
    group = _group(call, given, name, builder, unique=True)
    if isinstance(node, grammar.Call):
        call.machine.group_calls.setdefault(node, []).append(group)
    builder.groups.append(group)
    found = follow_body(function, call.given, call.machine)
    builder.groups.pop()
    return group if found in (None, Known(None)) else found


def _free(group_id: str, call: TracedCall, builder: Builder) -> str:
    """The id, or the first of `id__1`, `id__2` and so on that is free."""
    taken = {group.group_id for group in builder.all_groups}
    number, found = 0, group_id
    while found in taken:
        number += 1
        found = f"{group_id}__{number}"
    if number and builder.groups:
        # Airflow numbers groups inside of groups by rules of each version.
        call.machine.doubt()
    return found


def _group(
    call: TracedCall, given: Given, name: Abstract, builder: Builder, *, unique: bool = False
) -> GroupValue:
    group_id, family = in_groups(name, builder.groups)
    prefixes = given.named.get("prefix_group_id", Known(True))
    if not isinstance(prefixes, Known) or not given.plain:
        call.machine.doubt()
    if unique:
        group_id = _free(group_id, call, builder)
    group = GroupValue(builder, call.name, group_id, family=family, outer=tuple(builder.groups))
    if not isinstance(prefixes, Known) or prefixes.value:
        group.prefix = group_id
    builder.all_groups.append(group)
    default_args = given.named.get("default_args", Known(None))
    if default_args != Known(None):
        origin = given.origins.get("default_args") or Origin(call.node, call.scope)
        group.default_args = (origin, snapshot(default_args))
    return group


def _tell_defaults(call: Call) -> None:
    """What is in `default_args` and has no counterpart, once for all tasks of the group."""
    found = call.arguments.find("default_args")
    try:
        items = call.arguments.items(found) if found is not None else {}
    except Impossible:
        # Its tasks are refused one by one.
        return
    for name, item in items.items():
        if _says_nothing(call, item):
            continue
        if name in LIMITS or name == "end_date":
            call.tell("limit in defaults of a group", argument=name)
        elif name in LEFT_OUT:
            call.tell("description in defaults of a group", argument=name)


def _says_nothing(call: Call, item: Located) -> bool:
    try:
        return call.arguments.fold(item) in (*_NEUTRAL, [], {})
    except Impossible:
        return False
