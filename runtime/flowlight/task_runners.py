"""Task runners: how a flow wants its submitted tasks to run.

https://docs.prefect.io/v3/concepts/task-runners. `submit`, `map`, `duplicate` and the `with` block
are Prefect's interface, for subclasses; the runners with processes are in modules of their own.
"""

from __future__ import annotations

import abc
import sys
from collections.abc import Iterable
from functools import cached_property
from types import GenericAlias
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from flowlight import runner
from flowlight.dispatcher import Dispatcher
from flowlight.errors import NotSupported
from flowlight.executors import Executor, Inline, Threads
from flowlight.futures import PrefectFuture, PrefectFutureList
from flowlight.logs import get_logger
from flowlight.mapping import split
from flowlight.parameters import fill
from flowlight.settings import PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS

if TYPE_CHECKING:
    from flowlight.tasks import Task

__all__ = [
    "ConcurrentTaskRunner",
    "PrefectTaskRunner",
    "SequentialTaskRunner",
    "TaskRunner",
    "ThreadPoolTaskRunner",
]

Self = TypeVar("Self", bound="TaskRunner")


class TaskRunner(abc.ABC):
    """What a flow's `task_runner` may be. Tasks are submitted inside of its `with` block."""

    __class_getitem__: ClassVar[Any] = classmethod(GenericAlias)

    def __init__(self) -> None:
        self._started = False

    @cached_property
    def logger(self) -> Any:
        """The logger of its kind, for subclasses; made when it is asked for."""
        return get_logger(f"task_runner.{self.name}")

    @property
    def name(self) -> str:
        """The name of the class in lower case, without `taskrunner`."""
        return type(self).__name__.lower().replace("taskrunner", "")

    @abc.abstractmethod
    def duplicate(self: Self) -> Self:
        """A new runner of the same kind, for one run."""

    @abc.abstractmethod
    def submit(
        self,
        task: Task,
        parameters: dict[str, Any],
        wait_for: Iterable[Any] | None = None,
        dependencies: dict[str, Any] | None = None,
    ) -> Any:
        """Have the task run; a future of it. `dependencies` is handed on as it is."""

    def map(
        self, task: Task, parameters: dict[str, Any], wait_for: Iterable[Any] | None = None
    ) -> PrefectFutureList:
        """One `submit` for each position of the iterables among the parameters."""
        if not self._started:
            raise RuntimeError("The task runner must be started before submitting work.")
        return PrefectFutureList(
            self.submit(task, fill(task.signature, each), wait_for, runner.MapPosition(index))
            for index, each in enumerate(split(task.signature, parameters))
        )

    def __enter__(self: Self) -> Self:
        if self._started:
            raise RuntimeError("This task runner is already started")
        self._started = True
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._started = False


class LocalTaskRunner(TaskRunner):
    """Runs tasks in this process, by an executor; not a name of Prefect."""

    _dispatcher: Dispatcher | None = None

    def executor(self) -> Executor:
        """A new executor, for one `with` block."""
        raise NotImplementedError

    def duplicate(self: Self) -> Self:
        """Another one; it has no options."""
        return type(self)()

    def submit(
        self,
        task: Task,
        parameters: dict[str, Any],
        wait_for: Iterable[Any] | None = None,
        dependencies: dict[str, Any] | None = None,
    ) -> PrefectFuture:
        """Run the task when the futures it was given are done; `RuntimeError` before the start."""
        if self._dispatcher is None:
            raise RuntimeError("Task runner is not started")
        return runner.dispatch(self._dispatcher, task, parameters, wait_for, dependencies)

    def __enter__(self: Self) -> Self:
        super().__enter__()
        self._dispatcher = Dispatcher(self.executor)  # type: ignore[attr-defined]  # Self is wide
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.cancel_all()
        super().__exit__(*exc_info)

    def cancel_all(self) -> None:
        """Start no more bodies, wait for those that run; the runner is stopped then."""
        dispatcher, self._dispatcher = self._dispatcher, None
        if dispatcher is not None:
            dispatcher.close()


class ThreadPoolTaskRunner(LocalTaskRunner):
    """Threads: at most `max_workers`.

    None stands for `PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS`, and without that for as many
    as there is work for.
    """

    def __init__(self, max_workers: int | None = None) -> None:
        super().__init__()
        default = PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS.value() or sys.maxsize
        self._max_workers = default if max_workers is None else max_workers

    def duplicate(self: Self) -> Self:
        """One with as many workers."""
        return type(self)(max_workers=self._max_workers)  # type: ignore[call-arg,attr-defined]

    def executor(self) -> Executor:
        """Threads of one flow run's own."""
        return Threads(self._max_workers)

    def __enter__(self: Self) -> Self:
        if self._max_workers <= 0:  # type: ignore[attr-defined]
            raise ValueError("max_workers must be greater than 0")
        return super().__enter__()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ThreadPoolTaskRunner):
            return False
        return self._max_workers == other._max_workers

    __hash__ = None  # type: ignore[assignment]  # as Prefect's


ConcurrentTaskRunner = ThreadPoolTaskRunner


class InlineTaskRunner(LocalTaskRunner):
    """Each task at once, in the thread that submits it; not a name of Prefect."""

    def executor(self) -> Executor:
        """The executor that is no thread at all."""
        return Inline()


class SequentialTaskRunner(InlineTaskRunner):
    """Prefect 2's name for it: each task ends before `submit` returns."""


class PrefectTaskRunner:
    """Hands tasks to workers of Prefect's server, which flowlight has not."""

    def __init__(self) -> None:
        raise NotSupported(
            "flowlight has no PrefectTaskRunner: it needs task workers of Prefect's server;"
            " use ThreadPoolTaskRunner or ProcessPoolTaskRunner, or run this file on Prefect itself"
        )
