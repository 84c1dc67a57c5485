"""The task runner whose tasks run in processes of their own.

https://docs.prefect.io/v3/concepts/task-runners; details: observed in Prefect 3.8.8.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flowlight.dispatcher import Dispatcher
from flowlight.errors import NotSupported
from flowlight.executors import Threads
from flowlight.futures import PrefectFuture
from flowlight.remote.sending import dispatch_remote
from flowlight.settings import PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS
from flowlight.task_runners import TaskRunner

if TYPE_CHECKING:
    from flowlight.remote.processes import Processes
    from flowlight.tasks import Task

__all__ = ["ProcessPoolTaskRunner"]


class ProcessPoolTaskRunner(TaskRunner):
    """At most `max_workers` processes, each of which calls `initializer(*initargs)` first.

    None stands for `PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS`, and without that for the
    number of processors. Tasks, arguments and results go through cloudpickle.
    """

    _dispatcher: Dispatcher | None = None
    _processes: Processes | None = None

    def __init__(
        self,
        max_workers: int | None = None,
        subprocess_message_processor_factories: Iterable[Any] | None = None,
        initializer: Callable[..., None] | None = None,
        initargs: tuple[Any, ...] = (),
    ) -> None:
        super().__init__()
        self.subprocess_message_processor_factories = subprocess_message_processor_factories
        wanted = max_workers or PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS.value()
        self._max_workers = wanted or os.cpu_count() or 1
        self._initializer = initializer
        self._initargs = tuple(initargs)

    @property
    def subprocess_message_processor_factories(self) -> tuple[Any, ...]:
        """None: processes send their messages to the flow's process."""
        return ()

    @subprocess_message_processor_factories.setter
    def subprocess_message_processor_factories(self, factories: Iterable[Any] | None) -> None:
        if tuple(factories or ()):
            raise NotSupported(
                "flowlight does not honour subprocess_message_processor_factories of"
                " ProcessPoolTaskRunner: leave it out, or run this file on Prefect itself"
            )

    def set_subprocess_message_processor_factories(
        self, subprocess_message_processor_factories: Iterable[Any] | None = None
    ) -> None:
        """`NotSupported` for any: see the property."""
        self.subprocess_message_processor_factories = subprocess_message_processor_factories

    def duplicate(self) -> ProcessPoolTaskRunner:
        """One with the same options."""
        other = type(self)(max_workers=self._max_workers)
        other._initializer, other._initargs = self._initializer, self._initargs
        return other

    def submit(
        self,
        task: Task,
        parameters: dict[str, Any],
        wait_for: Iterable[Any] | None = None,
        dependencies: dict[str, Any] | None = None,
    ) -> PrefectFuture:
        """Run the task when the futures it was given are done; `RuntimeError` before the start."""
        if self._dispatcher is None or self._processes is None:
            raise RuntimeError("Task runner is not started")
        send = self._processes.send
        return dispatch_remote(self._dispatcher, send, task, parameters, wait_for, dependencies)

    def __enter__(self) -> ProcessPoolTaskRunner:
        super().__enter__()
        from flowlight.remote.processes import Processes  # multiprocessing is slow to import

        if self._max_workers < 1:
            raise ValueError("max_workers must be greater than 0")
        self._processes = Processes(self._max_workers, self._initializer, self._initargs)
        self._dispatcher = Dispatcher(lambda: Threads(self._max_workers))
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.cancel_all()
        super().__exit__(*exc_info)

    def cancel_all(self) -> None:
        """Start no more tasks, wait for those that run; then the processes end."""
        dispatcher, self._dispatcher = self._dispatcher, None
        processes, self._processes = self._processes, None
        if dispatcher is not None:
            dispatcher.close()
        if processes is not None:
            processes.close()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ProcessPoolTaskRunner):
            return False
        return self._max_workers == other._max_workers

    __hash__ = None  # type: ignore[assignment]  # as Prefect's
