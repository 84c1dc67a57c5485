"""The execution graph of a DAG as reading sees it, before anything runs."""

from __future__ import annotations

from dagferry.graph.execution_graph import ExecutionGraph, NodeFacts
from dagferry.model.dag import Dag
from dagferry.model.project import Project
from dagferry.model.task import Options, Task
from dagferry.model.values import Const, Value

# Observed in Airflow 2.11.2 and 3.3.2: five minutes between tries where nothing is said.
AIRFLOW_RETRY_DELAY = 300.0


def static_graph(dag: Dag, project: Project) -> ExecutionGraph:
    """The graph of a DAG of the model; what only a run knows is a family or not exact."""
    modules = {module.path: module for module in project.modules}
    nodes: dict[str, NodeFacts] = {}
    for node in dag.nodes:
        task = modules[node.module].tasks[node.task]
        # What an `if` may leave out is compared as a family is: by those that are there.
        nodes[node.task_id] = _facts(task, node.family or node.conditional)
    ids = [node.task_id for node in dag.nodes]
    edges = frozenset((ids[edge.upstream], ids[edge.downstream]) for edge in dag.edges)
    loose = any(node.family or node.conditional for node in dag.nodes)
    return ExecutionGraph(nodes=nodes, edges=edges, exact=dag.exact and not loose)


def _facts(task: Task, family: bool) -> NodeFacts:
    if task.refusal is not None:
        return NodeFacts(family=family)
    options: Options = task.options
    retries = _number(options.retries, 0)
    return NodeFacts(
        retries=int(retries) if retries is not None else None,
        retry_delay=_number(options.retry_delay, AIRFLOW_RETRY_DELAY),
        timeout=_number(options.timeout, 0),
        trigger_rule=options.trigger_rule,
        mapped=any(argument.mapped for argument in task.arguments),
        family=family,
    )


def _number(value: Value | None, default: float) -> float | None:
    if value is None:
        return float(default)
    if isinstance(value, Const) and isinstance(value.value, (int, float)):
        return float(value.value)
    return None
