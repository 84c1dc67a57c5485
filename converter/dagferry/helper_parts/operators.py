"""`BaseOperator`: operators keep their classes, and run as tasks of a `TaskGraph`."""

from __future__ import annotations

import contextvars
import functools
import inspect
import logging
from abc import ABCMeta
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from prefect.context import TaskRunContext

from airflow_compat.dependencies import Dependencies
from airflow_compat.graph import TaskGraph, open_graphs
from airflow_compat.nodes import Node, XComArg
from airflow_compat.operator_runs import OperatorNode
from airflow_compat.options import read_options

if TYPE_CHECKING:
    from airflow_compat.mapped_operators import PartialOperator

__all__ = ["BaseOperator", "EmptyOperator", "apply_defaults"]

# The node that the operator being made belongs to, where it is not to make its own.
node_in_making: contextvars.ContextVar[OperatorNode | None] = contextvars.ContextVar(
    "node_in_making", default=None
)


class OperatorMeta(ABCMeta):
    """Lets `default_args` fill the arguments of every `__init__` that were not given."""

    def __new__(
        mcs, name: str, bases: tuple[type, ...], body: dict[str, Any], **more: Any
    ) -> OperatorMeta:
        made = super().__new__(mcs, name, bases, body, **more)
        if "__init__" in body:
            made.__init__ = with_defaults(body["__init__"])  # type: ignore[misc]
        return made

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        operator = super().__call__(*args, **kwargs)
        operator._draw_edges()
        return operator


def with_defaults(init: Callable[..., None]) -> Callable[..., None]:
    """An `__init__` that takes keywords alone, and what is missing from `default_args`."""
    kinds = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    parameters = list(inspect.signature(init).parameters.values())[1:]
    names = [one.name for one in parameters if one.kind not in kinds]

    @functools.wraps(init)
    def wrapper(self: BaseOperator, *args: Any, **kwargs: Any) -> None:
        if args:
            raise TypeError("Use keyword arguments when initializing operators")
        if "_defaults" not in vars(self):
            self._defaults = merged_defaults(kwargs.get("default_args"))
        for name in names:
            if name in self._defaults and name not in kwargs:
                kwargs[name] = self._defaults[name]
        init(self, **kwargs)

    return wrapper


def apply_defaults(init: Callable[..., None]) -> Callable[..., None]:
    """Airflow 1.10's decorator of `__init__`, which every operator has by itself now."""
    return init


def merged_defaults(own: Mapping[str, Any] | None) -> dict[str, Any]:
    """`default_args` of the graph, of its open groups from the outside in, and its own."""
    graphs = open_graphs.get()
    merged: dict[str, Any] = {}
    if graphs and node_in_making.get() is None:
        merged.update(graphs[-1].default_args)
        for group in graphs[-1].open_groups:
            merged.update(group.default_args)
    merged.update(own or {})
    return merged


class BaseOperator(Dependencies, metaclass=OperatorMeta):
    """One task: subclasses say what it does in `execute(context)`.

    Made inside a `with TaskGraph()` block, it is a node of that graph. It takes
    Airflow's arguments: https://airflow.apache.org/docs/apache-airflow/stable/_api/airflow/models/baseoperator/
    """

    template_fields: ClassVar[Sequence[str]] = ()
    template_ext: ClassVar[Sequence[str]] = ()
    _defaults: dict[str, Any]

    def __init__(
        self,
        *,
        task_id: str,
        trigger_rule: Any = "all_success",
        dag: Any = None,
        params: Mapping[str, Any] | None = None,
        default_args: Mapping[str, Any] | None = None,
        pre_execute: Callable[[Any], Any] | None = None,
        post_execute: Callable[[Any, Any], Any] | None = None,
        **options: Any,
    ) -> None:
        self._node = node_in_making.get() or self._register(dag, task_id, trigger_rule)
        self.task_id = self._node.task_id if self._node else task_id
        graph = self._node.graph if self._node else None
        self.trigger_rule = trigger_rule
        self.params = dict(params or {})
        self._hooks = (pre_execute, post_execute)
        where = f"{type(self).__name__}(task_id={self.task_id!r})"
        ignored = graph.ignored_arguments if graph else frozenset[str]()
        found = read_options(where, options, self._defaults, ignored)
        for name, value in found.items():
            setattr(self, name, value)
        if self._node is not None:
            self._node.options = found

    def _register(
        self, dag: Any, task_id: str, trigger_rule: Any
    ) -> OperatorNode | None:
        """Become a node of the graph, or else the open one; inside of a task there is none."""
        if not open_graphs.get() and TaskRunContext.get() is not None:
            return None
        graph = dag if isinstance(dag, TaskGraph) else TaskGraph.current()
        node = OperatorNode(graph, graph.free_id(task_id), trigger_rule, self)
        graph.insert(node)
        return node

    @classmethod
    def partial(cls, *, task_id: str, **shared: Any) -> PartialOperator:
        """Arguments that all runs share; `.expand(...)` on it makes a mapped task."""
        from airflow_compat.mapped_operators import PartialOperator

        return PartialOperator(cls, task_id, shared)

    def _draw_edges(self) -> None:
        if self._node is not None and node_in_making.get() is None:
            for name in self.template_fields:
                self._node.depend_on(getattr(self, name, None))

    @property
    def node(self) -> OperatorNode:
        """The node of the graph. Raises RuntimeError for an operator inside of a task."""
        if self._node is None:
            raise RuntimeError(f"{self!r} was made inside of a task: it is in no graph")
        return self._node

    @property
    def roots(self) -> Sequence[Node]:
        """Its node."""
        return [self.node]

    @property
    def leaves(self) -> Sequence[Node]:
        """Its node."""
        return [self.node]

    @property
    def output(self) -> XComArg:
        """What it returns, as an argument of another task."""
        return XComArg(self.node)

    @property
    def upstream_task_ids(self) -> set[str]:
        """The ids of the tasks directly before it."""
        return set(self.node.upstream)

    @property
    def downstream_task_ids(self) -> set[str]:
        """The ids of the tasks directly after it."""
        return set(self.node.downstream)

    @property
    def task_type(self) -> str:
        """The name of its class."""
        return type(self).__name__

    @property
    def dag(self) -> Any:
        """The DAG, with what of it there is in a flow."""
        return self.node.graph.run.dag

    @property
    def dag_id(self) -> str:
        """The id of the DAG."""
        return str(self.dag.dag_id)

    @property
    def log(self) -> logging.Logger:
        """A logger of its class."""
        return logging.getLogger(f"airflow.task.operators.{type(self).__module__}")

    def as_setup(self) -> Any:
        """Mark it as a setup; the operator itself."""
        self.node.as_setup()
        return self

    def as_teardown(
        self, *, setups: Any = (), on_failure_fail_dagrun: bool = False
    ) -> Any:
        """Mark it as a teardown of the setups; the operator itself."""
        listed = [setups] if isinstance(setups, Dependencies) else setups
        nodes = [node for one in listed for node in one.roots]
        self.node.as_teardown(
            setups=nodes, on_failure_fail_dagrun=on_failure_fail_dagrun
        )
        return self

    # What subclasses override, and what the run calls.

    def pre_execute(self, context: Any) -> None:
        """Called after the fields are rendered, before `execute`."""
        if self._hooks[0] is not None:
            self._hooks[0](context)

    def execute(self, context: Any) -> Any:
        """What the task does; its return value becomes the XCom `return_value`."""
        raise NotImplementedError

    def post_execute(self, context: Any, result: Any = None) -> None:
        """Called after a successful `execute`."""
        if self._hooks[1] is not None:
            self._hooks[1](context, result)

    def on_kill(self) -> None:
        """Called when the task is ended from outside, by its time-out for example."""

    def check_result(self, result: Any) -> None:
        """Fail the task if it may not return this."""

    def unwanted(self, result: Any) -> Iterable[Node]:
        """The nodes to skip after it returned this."""
        return ()

    def __repr__(self) -> str:
        return f"<Task({self.task_type}): {self.task_id}>"


class EmptyOperator(BaseOperator):
    """Does nothing."""

    def execute(self, context: Any) -> None:
        """Nothing."""
