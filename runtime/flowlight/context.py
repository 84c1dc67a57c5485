"""Where the running code is: the flow run and the task run around it, and the run whose body it is.

https://docs.prefect.io/v3/api-ref/python/prefect-context
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flowlight.errors import MissingContextError
from flowlight.runs import FlowRun, Run, TaskRun

if TYPE_CHECKING:
    from flowlight.flows import Flow
    from flowlight.results.store import ResultStore
    from flowlight.results.transactions import BaseTransaction
    from flowlight.submission import Submissions
    from flowlight.tasks import Task
    from flowlight.world import World

__all__ = [
    "FlowRunContext",
    "TagsContext",
    "TaskRunContext",
    "active_transaction",
    "current_body",
    "flow_around",
    "get_run_context",
    "tags",
    "task_around",
    "transaction_variable",
]

_flow: ContextVar[FlowRunContext | None] = ContextVar("flowlight_flow", default=None)
_task: ContextVar[TaskRunContext | None] = ContextVar("flowlight_task", default=None)
_body: ContextVar[Run | None] = ContextVar("flowlight_body", default=None)
transaction_variable: ContextVar[BaseTransaction | None] = ContextVar(
    "flowlight_transaction", default=None
)
_tags: ContextVar[frozenset[str]] = ContextVar("flowlight_tags", default=frozenset())

Late = tuple[dict[str, Any], "World"]  # the arguments of a run, and the world that it is in
_OWN = "_own_transaction"

# What the classes below answer to `get`, for code that every call goes through.
flow_around = _flow.get
task_around = _task.get


class _Frozen:
    """A value that does not change: its fields are put into `vars(self)`, all at once."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} does not change; {name!r} cannot be set")


class FlowRunContext(_Frozen):
    """The flow run around the running code."""

    flow: Flow
    flow_run: FlowRun
    parameters: dict[str, Any]
    start_time: datetime
    submissions: Submissions
    persist_result: bool
    around: FlowRunContext | TaskRunContext | None

    def __init__(
        self,
        flow: Flow,
        flow_run: FlowRun,
        parameters: dict[str, Any],
        start_time: datetime,
        submissions: Submissions,
        persist_result: bool = False,
        around: FlowRunContext | TaskRunContext | None = None,
    ) -> None:
        vars(self).update(
            flow=flow,
            flow_run=flow_run,
            parameters=parameters,
            start_time=start_time,
            submissions=submissions,
            persist_result=persist_result,
            around=around,
        )

    @cached_property
    def result_store(self) -> ResultStore:
        """Where results are kept, for tasks too that do not say otherwise."""
        from flowlight.results.running import flow_store

        return flow_store(self.flow, self.around)

    @property
    def task_runner(self) -> Any:
        """The task runner of the flow."""
        return self.submissions.runner

    @classmethod
    def get(cls) -> FlowRunContext | None:
        """The innermost one, also inside of a task; None outside of flows."""
        return _flow.get()


class TaskRunContext(_Frozen):
    """The task run around the running code. `late` makes its transaction when somebody asks."""

    task: Task
    task_run: TaskRun
    parameters: dict[str, Any]
    start_time: datetime
    persist_result: bool
    around: FlowRunContext | TaskRunContext | None
    transaction: BaseTransaction | None
    late: Late | None

    def __init__(
        self,
        task: Task,
        task_run: TaskRun,
        parameters: dict[str, Any],
        start_time: datetime,
        persist_result: bool = False,
        around: FlowRunContext | TaskRunContext | None = None,
        transaction: BaseTransaction | None = None,
        late: Late | None = None,
    ) -> None:
        vars(self).update(
            task=task,
            task_run=task_run,
            parameters=parameters,
            start_time=start_time,
            persist_result=persist_result,
            around=around,
            transaction=transaction,
            late=late,
        )

    def own_transaction(self) -> BaseTransaction | None:
        """The transaction of a run that is `late` with it, begun now; None for other runs."""
        facts = vars(self)
        if self.late is not None and _OWN not in facts:
            from flowlight.results.running import begun_late

            facts.setdefault(_OWN, begun_late(self, *self.late))  # one, whichever thread is first
        own: BaseTransaction | None = facts.get(_OWN)
        return own

    def has_no_transaction(self) -> bool:
        """Whether nobody has asked for it; from now on nobody is given one."""
        return vars(self).setdefault(_OWN, None) is None

    @cached_property
    def result_store(self) -> ResultStore:
        """Where results are kept."""
        from flowlight.results.running import task_store

        return task_store(self.task, self.around, self.transaction)

    @classmethod
    def get(cls) -> TaskRunContext | None:
        """The innermost one; None outside of tasks."""
        return _task.get()


def get_run_context() -> FlowRunContext | TaskRunContext:
    """The task run's context inside of a task, else the flow run's."""
    found = _task.get() or _flow.get()
    if found is None:
        raise MissingContextError(
            "No run context available. You are not in a flow or task run context."
        )
    return found


current_body = _body.get
"""The run whose body is being executed: the innermost task or flow run; None outside of runs."""


def active_transaction() -> BaseTransaction | None:
    """The innermost transaction around the running code.

    One that has ended may still be in the variable: of generators that are read in turns, the one
    that ends last puts back what was there when it began.
    """
    found = transaction_variable.get()
    while found is not None and not found.is_open:
        found = found.around
    if found is None and (task := _task.get()) is not None:
        own = task.own_transaction()
        return own if own is not None and own.is_open else None
    return found


class in_task(AbstractContextManager[None]):  # noqa: N801  # used like `in_flow`
    """Inside: the body of a task run, and its transaction. A class, since each task enters one."""

    __slots__ = ("_context", "_tokens", "_transaction")

    def __init__(self, context: TaskRunContext, transaction: BaseTransaction | None = None) -> None:
        self._context, self._transaction = context, transaction

    def __enter__(self) -> None:
        around = None if self._transaction else active_transaction()
        self._tokens = (
            _task.set(self._context),
            _body.set(self._context.task_run),
            transaction_variable.set(self._transaction or around),
        )

    def __exit__(self, *_: object) -> None:
        task, body, transaction = self._tokens
        transaction_variable.reset(transaction)
        _body.reset(body)
        _task.reset(task)


class in_body(AbstractContextManager[None]):  # noqa: N801  # as `in_task`
    """Inside: the body of a task run outside of transactions, that is `late` with its own."""

    __slots__ = ("_context", "_tokens")

    def __init__(self, context: TaskRunContext) -> None:
        self._context = context

    def __enter__(self) -> None:
        self._tokens = _task.set(self._context), _body.set(self._context.task_run)

    def __exit__(self, *_: object) -> None:
        task, body = self._tokens
        _body.reset(body)
        _task.reset(task)


@contextmanager
def in_flow(context: FlowRunContext) -> Iterator[None]:
    """Inside: the body of a flow run; a task run around it is still seen, as in Prefect."""
    flow, body = _flow.set(context), _body.set(context.flow_run)
    try:
        yield
    finally:
        _body.reset(body)
        _flow.reset(flow)


@contextmanager
def tags(*names: str) -> Iterator[set[str]]:
    """Runs that are created inside carry these tags too."""
    merged = _tags.get() | frozenset(names)
    token = _tags.set(merged)
    try:
        yield set(merged)
    finally:
        _tags.reset(token)


class TagsContext:
    """The tags of the `tags` blocks around the running code, as a context of Prefect's."""

    def __init__(self, current_tags: set[str] | None = None) -> None:
        self.current_tags = set(current_tags or ())

    @classmethod
    def get(cls) -> TagsContext:
        """Those that are around the caller; it is there also when there are none."""
        return cls(set(_tags.get()))


current_tags = _tags.get
"""The tags of the `tags` blocks around the running code."""
