"""Tasks that following the code of a DAG did not come to: they may be made all the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection

from dagferry import messages
from dagferry.lowering.dag_site import RawSite
from dagferry.lowering.module_reader import ModuleReader
from dagferry.lowering.tasks import LoweredTask
from dagferry.model.dag import Dag, Node
from dagferry.model.values import Const
from dagferry.syntax import grammar


def unmade_dag(reader: ModuleReader, position: int) -> Dag:
    """A DAG whose code nothing in the folder is seen to run: its tasks are counted all the same."""
    site, header = reader.sites[position], reader.headers[reader.sites[position]]
    tasks = _tasks_in(reader, site)
    dag_id = str(header.dag_id.value) if isinstance(header.dag_id, Const) else None
    reader.findings.append(messages.found("DAG that nothing makes", line=site.statement.line))
    return Dag(
        dag_id=dag_id or f"{{{site.variable or 'dag'}}}",
        family=dag_id is None,
        module=reader.module.path,
        site=position,
        attribute=None,
        deployment=reader.deployment(site, None),
        nodes=tuple(_loose_node(reader, task) for task in tasks),
        edges=(),
        exact=False,
    )


def loose_nodes(
    reader: ModuleReader, position: int, made: Collection[tuple[str, grammar.Call]]
) -> tuple[Node, ...]:
    """Tasks of a site's own code that following it did not come to: they may be made all the same."""
    site, path = reader.sites[position], reader.module.path
    return tuple(
        _loose_node(reader, index)
        for index in _tasks_in(reader, site)
        if (path, reader.tasks[index].node) not in made
    )


def _tasks_in(reader: ModuleReader, site: RawSite) -> list[int]:
    """The tasks that the calls of a site's own code make."""
    found: set[int] = set()
    for statement in site.body:
        start = bisect_left(reader.tasks, statement.number, key=_first)
        found.update(range(start, bisect_right(reader.tasks, statement.last, key=_first)))
    return sorted(found)


def _loose_node(reader: ModuleReader, position: int) -> Node:
    name = reader.tasks[position].task.name
    known = isinstance(name, Const)
    text = str(name.value) if isinstance(name, Const) else "{task_id}"
    path = reader.module.path
    return Node(task_id=text, family=not known, conditional=True, module=path, task=position)


def _first(task: LoweredTask) -> int:
    return task.node.number
