"""The task runner of one flow run: a copy of the flow's own for each try, started and stopped with it.

Observed in Prefect 3.8.8: a run never uses the runner that the flow was made with.
"""

from __future__ import annotations

from flowlight.task_runners import TaskRunner

__all__ = ["Submissions"]


class Submissions:
    """`runner` is the flow's own until `open`, then the copy for the present try."""

    def __init__(self, runner: TaskRunner) -> None:
        self._of_flow = runner
        self.runner = runner

    def open(self) -> None:
        """Start a copy of the task runner."""
        self.runner = self._of_flow.duplicate()
        self.runner.__enter__()

    def drain(self, error: BaseException | None = None) -> None:
        """Stop it: what has not started does not start, what runs is waited for."""
        kind = None if error is None else type(error)
        self.runner.__exit__(kind, error, None if error is None else error.__traceback__)

    def __reduce__(self) -> tuple[type[Submissions], tuple[TaskRunner]]:
        """What another process is given: a started runner stays here."""
        return Submissions, (self._of_flow,)
