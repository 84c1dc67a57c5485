"""Task runners: how a flow wants its submitted tasks to run.

https://docs.prefect.io/v3/concepts/task-runners
"""

from __future__ import annotations

from flowlight.executors import Executor, Inline, Threads

__all__ = ["ConcurrentTaskRunner", "SequentialTaskRunner", "TaskRunner", "ThreadPoolTaskRunner"]


class TaskRunner:
    """What a flow's `task_runner` may be."""

    def executor(self) -> Executor:
        """A new executor, for one flow run."""
        raise NotImplementedError


class ThreadPoolTaskRunner(TaskRunner):
    """Threads, as many as there is work for; `max_workers` limits them."""

    def __init__(self, max_workers: int | None = None) -> None:
        self.max_workers = max_workers

    def executor(self) -> Executor:
        """Threads of one flow run's own."""
        return Threads(self.max_workers)


ConcurrentTaskRunner = ThreadPoolTaskRunner


class InlineTaskRunner(TaskRunner):
    """Each task at once, in the thread that submits it; not a name of Prefect."""

    def executor(self) -> Executor:
        """The executor that is no thread at all."""
        return Inline()


class SequentialTaskRunner(InlineTaskRunner):
    """Prefect 2's name for it: each task ends before `submit` returns."""
