"""Nodes that call a Prefect task: the arguments of `TaskGraph.add`."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from prefect import Task

from airflow_compat.context import contexts, task_context, wanted
from airflow_compat.exceptions import AirflowException
from airflow_compat.nodes import Node, XComArg, is_reference
from airflow_compat.task_runs import TaskRun, edges, prepared, raising, silent, stand_in
from airflow_compat.templates import walk
from airflow_compat.xcom import RETURN, TaskInstance

if TYPE_CHECKING:
    from airflow_compat.graph import TaskGraph

__all__ = ["template"]

UNPACKED = "**"


class Template:
    """A value to render when the node runs; unpacked, that many arguments it is then."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __iter__(self) -> Iterator[Any]:
        return iter([Rest(self)])

    def keys(self) -> Iterable[str]:
        """One name for all: under their own, some would be options of the node."""
        return [UNPACKED]

    def __getitem__(self, _: str) -> Any:
        return Rest(self)


class Rest:
    """All that a template renders to, as so many arguments."""

    def __init__(self, of: Template) -> None:
        self.of = of


def template(value: Any) -> Template:
    """An argument of a node that Jinja renders when the node runs.

    Unpacked, `*template([...])` and `**template({...})`, it gives arguments to render,
    or what a node returns, if `value` is one.
    """
    return Template(value)


def expect_entries(result: Any) -> None:
    """Fail a task with `multiple_outputs` whose result has no strings as keys."""
    if result is None:
        return
    if not isinstance(result, Mapping):
        kind = type(result)
        raise AirflowException(
            f"Returned output was type {kind} expected dictionary for multiple_outputs"
        )
    for key in result:
        if not isinstance(key, str):
            raise AirflowException(
                "Returned dictionary keys must be strings when using multiple_outputs,"
                f" found {key} ({type(key)}) instead"
            )


class KindOfNode(NamedTuple):
    """A Prefect task and the class of the nodes that it makes, for `TaskGraph.add`."""

    task: Task[..., Any]
    make: Callable[..., CallNode]


class CallNode(Node):
    """A node that calls a Prefect task."""

    do_xcom_push = True

    def __init__(
        self,
        graph: TaskGraph,
        task_id: str,
        task: Task[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        *,
        trigger_rule: str = "all_success",
        multiple_outputs: bool = False,
    ) -> None:
        super().__init__(graph, task_id, trigger_rule)
        if inspect.isgeneratorfunction(task.fn) or inspect.isasyncgenfunction(task.fn):
            raise NotImplementedError(f"{task.name!r} is a generator (DF411)")
        self.task = task
        self.args = args
        self.kwargs = kwargs
        self.multiple_outputs = multiple_outputs
        if multiple_outputs:
            self.checks.append(expect_entries)
        walk([args, kwargs], functools.partial(draw_edges, self))

    def start(self) -> list[TaskRun]:
        """One run of the task."""
        return [self.submit(TaskRun(self))]

    def stand_in(self, outcome: str) -> list[TaskRun]:
        """One run that does nothing."""
        return [stand_in(TaskRun(self), outcome, self.task)]

    def ended(self, run: TaskRun, result: Any) -> Iterable[Node]:
        """Keep the result as XCom, and with `multiple_outputs` each entry of it."""
        xcoms = self.graph.xcoms
        if self.multiple_outputs and isinstance(result, Mapping):
            for key, value in result.items():
                xcoms.push(self.task_id, key, value, run.map_index)
        if result is not None:
            xcoms.push(self.task_id, RETURN, result, run.map_index)
        return ()

    def submit(self, run: TaskRun) -> TaskRun:
        """Call the task with its arguments as they are now."""
        body = prepared(self.task, run)
        if not self.do_xcom_push:
            body.fn = silent(body.fn, run)
        if inspect.iscoroutinefunction(body.fn) and self.graph.run._airflow == 2:
            # Airflow 2 does not await it, and cannot store what the call gives.
            body.fn = raising(AirflowException("a coroutine is no result (DF413)"))
        try:
            run_of_graph, xcoms = self.graph.run, self.graph.xcoms
            ti = TaskInstance(self.task_id, run_of_graph, xcoms, run.map_index)
            # A template may push too, and then no argument tells what was pushed.
            body.__xcoms__ = ti.__xcoms__
            body.__context__ = run.context = task_context(run_of_graph, ti)
            args, kwargs = self.arguments(run, body.__context__)
            # The thread of the task has it, too: for `get_current_context`.
            token = contexts.set(body.__context__)
            try:
                run.future = body.submit(*args, wait_for=edges(self), **kwargs)
            finally:
                contexts.reset(token)
        except Exception as error:  # noqa: BLE001
            # In Airflow, arguments that cannot be made fail the task, not the run.
            body.fn = raising(error)
            run.future = body.submit(wait_for=edges(self))
        return run

    def keywords(self, run: TaskRun) -> dict[str, Any]:
        """The keyword arguments of one run."""
        return self.kwargs

    def arguments(
        self, run: TaskRun, context: dict[str, Any]
    ) -> tuple[list[Any], dict[str, Any]]:
        """What the body is called with, values and rendered templates in place.

        As in Airflow, the context then holds the keyword arguments, for callbacks.
        """
        fill = functools.partial(self._fill, context=dict(context))
        args, kwargs = walk([list(self.args), self.keywords(run)], fill)
        parts = [fill(one.of) if isinstance(one, Rest) else [one] for one in args]
        args = [one for part in parts for one in part]
        if UNPACKED in kwargs:
            kwargs.update(fill(kwargs.pop(UNPACKED).of))
        context.update(kwargs)
        return args, wanted(self.task.fn, args, context, self.graph.run._airflow)

    def _fill(self, leaf: Any, *, context: Mapping[str, Any]) -> Any:
        if isinstance(leaf, Template):
            render = functools.partial(self._fill_or_render, context=context)
            return walk(leaf.value, render)
        return value_of(leaf)

    def _fill_or_render(self, leaf: Any, *, context: Mapping[str, Any]) -> Any:
        if isinstance(leaf, str):
            return self.graph.run.render_text(leaf, context)
        return self._fill(leaf, context=context)


def value_of(leaf: Any) -> Any:
    """What a node left, in its place; anything else is given back."""
    if isinstance(leaf, Node):
        return XComArg(leaf).value()
    if isinstance(leaf, XComArg):
        splits = getattr(leaf.node, "multiple_outputs", False)
        return leaf.value(optional=splits)
    return leaf


def draw_edges(node: Node, leaf: Any) -> None:
    """Let what an argument holds come before the node."""
    if is_reference(leaf):
        node.set_upstream(leaf)
    elif isinstance(leaf, Rest):
        draw_edges(node, leaf.of)
    elif isinstance(leaf, Template):
        walk(leaf.value, functools.partial(draw_edges, node))
