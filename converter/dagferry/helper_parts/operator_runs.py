"""How an operator runs: a Prefect task that renders its fields and calls `execute`."""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from prefect import Task
from prefect.states import Completed

from airflow_compat.callbacks import call_back, hooks_of
from airflow_compat.calls import expect_entries, value_of
from airflow_compat.context import contexts, task_context
from airflow_compat.exceptions import AirflowSkipException
from airflow_compat.nodes import Node, is_reference
from airflow_compat.options import OPTIONS, delays, seconds
from airflow_compat.task_runs import TaskRun, edges, prepared, stand_in
from airflow_compat.templates import walk
from airflow_compat.xcom import RETURN, TaskInstance

if TYPE_CHECKING:
    from airflow_compat.graph import TaskGraph
    from airflow_compat.operators import BaseOperator

__all__: list[str] = []


class OperatorNode(Node):
    """A node that runs an operator."""

    def __init__(
        self,
        graph: TaskGraph,
        task_id: str,
        trigger_rule: Any,
        operator: BaseOperator | None = None,
    ) -> None:
        super().__init__(graph, task_id, trigger_rule)
        self.operator = operator
        self.options: dict[str, Any] = dict(OPTIONS)

    @property
    def multiple_outputs(self) -> bool:
        """Whether each entry of the dict that it returns is an XCom, too."""
        return bool(self.options["multiple_outputs"])

    def depend_on(self, value: Any) -> None:
        """Let the nodes whose results stand in a value come before this one."""

        def draw(leaf: Any) -> None:
            if is_reference(leaf):
                self.set_upstream(leaf)

        walk(value, draw)

    def start(self) -> list[TaskRun]:
        """One run of the operator."""
        run = TaskRun(self)
        return [self.submit(run)]

    def stand_in(self, outcome: str) -> list[TaskRun]:
        """One run that does nothing."""
        run = TaskRun(self)
        return [stand_in(run, outcome, self.task(run))]

    def ended(self, run: TaskRun, result: Any) -> Iterable[Node]:
        """Keep the result as XCom; gives what the operator does not want to run."""
        unwanted = list(self.operator.unwanted(run.returned)) if self.operator else []
        # In Airflow 3, what skips others stores nothing.
        stored = not (unwanted and self.graph.run._airflow > 2)
        if stored and result is not None:
            self.graph.xcoms.push(self.task_id, RETURN, result, run.map_index)
        return unwanted

    def instance(self, run: TaskRun) -> BaseOperator:
        """The operator for one try of a run; what is done to it concerns no other."""
        return copy.copy(self.operator)  # type: ignore[return-value]

    def submit(self, run: TaskRun) -> TaskRun:
        """Start one run of the operator."""
        run.future = self.task(run).submit(wait_for=edges(self))
        return run

    def task(self, run: TaskRun) -> Any:
        """The Prefect task of one run, with the operator's options."""
        options, of_graph = self.options, self.graph.run
        ti = TaskInstance(self.task_id, of_graph, self.graph.xcoms, run.map_index)
        context = run.context = task_context(of_graph, ti)

        def execute() -> Any:
            return attempt(self, run, ti, context)

        named = (of_graph.dag.dag_id, self.task_id, of_graph.logical_date)
        body = Task(
            fn=execute,
            name=self.task_id,
            retries=int(options["retries"] or 0),
            retry_delay_seconds=delays(options, of_graph._airflow, *named),
            timeout_seconds=seconds(options["execution_timeout"]),
            # As the decorator has it: what the flow says of its prints holds here, too.
            log_prints=None,
            **hooks_of(options),
        )
        run.on_retry = functools.partial(
            call_back, options["on_retry_callback"], context
        )
        return noted(prepared(body, run), ti, context)


def noted(body: Any, ti: TaskInstance, context: dict[str, Any]) -> Any:
    """A task that shows what its run pushes, renders and calls, and its context."""
    body.__xcoms__, body.__rendered__ = ti.__xcoms__, ti.__rendered__
    body.__calls__, body.__context__ = ti.__calls__, context
    return body


def attempt(
    node: OperatorNode, run: TaskRun, ti: TaskInstance, context: dict[str, Any]
) -> Any:
    """One try: render the fields, execute, keep what it returned."""
    of_graph = node.graph.run
    context.update(task_context(of_graph, ti))
    token = contexts.set(context)
    operator: Any = None
    try:
        operator = context["task"] = ti.task = node.instance(run)
        conf = of_graph.dag_run.conf
        context["params"] = {**of_graph.params, **operator.params, **conf}
        ti.__rendered__.update(render_fields(operator, context, run.kept))
        operator.pre_execute(context)
        result = operator.execute(context)
        operator.post_execute(context, result)
        return finished(node, run, ti, operator, result)
    except AirflowSkipException as skip:
        return Completed(name="Skipped", message=str(skip) or "Skipped")
    except Exception:
        raise
    except BaseException:
        if operator is not None:
            operator.on_kill()
        raise
    finally:
        contexts.reset(token)


def finished(
    node: OperatorNode, run: TaskRun, ti: TaskInstance, operator: Any, result: Any
) -> Any:
    """What the run of an operator gives: its result, unless that is no XCom."""
    operator.check_result(result)
    run.returned = result
    if not node.options["do_xcom_push"]:
        return None
    if node.multiple_outputs and result is not None:
        expect_entries(result)
        for key, value in result.items():
            ti.xcom_push(key, value)
    return result


def render_fields(
    operator: Any, context: dict[str, Any], kept: frozenset[int]
) -> dict[str, Any]:
    """Render the templated fields of an operator in place; gives them by name."""
    render = functools.partial(rendered, operator=operator, context=context)
    for name in operator.template_fields:
        if not hasattr(operator, name):
            raise AttributeError(
                f"{name!r} is configured as a template field but"
                f" {operator.task_type} does not have this attribute."
            )
        setattr(operator, name, walk(getattr(operator, name), render, kept))
    return {name: getattr(operator, name) for name in operator.template_fields}


def rendered(leaf: Any, *, operator: Any, context: dict[str, Any]) -> Any:
    """A text rendered, what a task left in place of its node, anything else as it is."""
    if not isinstance(leaf, str):
        return value_of(leaf)
    if leaf.endswith(tuple(operator.template_ext)):
        raise NotImplementedError(
            f"{operator!r}: the template file {leaf!r} cannot be read in a flow (DF407):"
            " put its text here"
        )
    return operator.node.graph.run.render_text(leaf, context)
