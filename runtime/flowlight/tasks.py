"""Tasks: a function with options, and the three ways to run it (call, `submit`, `map`).

https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

from flowlight import names, runner, world
from flowlight.absent import refuse_names
from flowlight.calling import Calling, call
from flowlight.futures import PrefectFuture
from flowlight.hooks import Hook, check_hooks
from flowlight.not_yet import TASK_METHODS_NOT_YET, TASK_NOT_YET
from flowlight.options import (
    check_names,
    check_others,
    refuse_options,
    taken,
)
from flowlight.results.task_options import (
    NONE_COUNTS,
    TASK_HOOK_OPTIONS,
    TASK_RESULT_OPTIONS,
    TaskResults,
)
from flowlight.retrying import (
    Delays,
    check_condition,
    check_delays,
    check_jitter,
    exponential_backoff,
)
from flowlight.runnable import Runnable, dress, function_key, known_options
from flowlight.runs import TaskRun
from flowlight.settings import (
    PREFECT_TASKS_DEFAULT_RETRIES,
    PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS,
)
from flowlight.state_results import result_of
from flowlight.states import State

__all__ = ["Task", "exponential_backoff", "task"]


class Task(TaskResults, Runnable):
    """A function with options. `fn` is the function itself."""

    kind = "task"
    none_counts = NONE_COUNTS | {
        "log_prints",
        "retries",
        "retry_delay_seconds",
        "retry_jitter_factor",
        "task_run_name",
    }

    def __init__(
        self,
        fn: Callable[..., Any],
        name: str | None = None,
        description: str | None = None,
        tags: Iterable[str] | None = None,
        version: str | None = None,
        task_run_name: names.RunName | None = None,
        retries: int | None = None,
        retry_delay_seconds: Delays | Callable[[int], list[float]] | None = None,
        retry_jitter_factor: float | None = None,
        timeout_seconds: float | None = None,
        log_prints: bool | None = False,
        on_completion: list[Hook] | None = None,
        on_failure: list[Hook] | None = None,
        on_running: list[Hook] | None = None,
        retry_condition_fn: Callable[..., Any] | None = None,
        **others: Any,
    ) -> None:
        self._take(fn)
        self.set_results(**taken(others, TASK_RESULT_OPTIONS))
        check_others("task", others, TASK_NOT_YET)
        dress(self, self.fn)
        self.name = name or getattr(self.fn, "__name__", type(self.fn).__name__)
        self.description = description
        self.version = version
        self.tags = set(tags or ())
        self.task_key = function_key(self.fn)
        self.task_run_name = names.check_run_name("task_run_name", task_run_name)
        self.retries = PREFECT_TASKS_DEFAULT_RETRIES.value() if retries is None else retries
        delays = retry_delay_seconds
        if delays is None:
            delays = PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS.value()
        self.retry_delay_seconds = check_delays(delays, self.retries)
        self.retry_jitter_factor = check_jitter(retry_jitter_factor)
        self.timeout_seconds = float(timeout_seconds) if timeout_seconds else None
        self.log_prints = log_prints
        self.retry_condition_fn = check_condition(retry_condition_fn)
        hooks = {"on_completion": on_completion, "on_failure": on_failure, "on_running": on_running}
        self.hooks = check_hooks("task", hooks)

    def __call__(
        self, *args: Any, return_state: bool = False, wait_for: Any = None, **kwargs: Any
    ) -> Any:
        """Run here and now; returns what the body returned, or raises what it raised."""
        parameters = self.bind(args, kwargs)
        if not (self.isasync or self.isgenerator):
            run = runner.call_task(self, parameters, wait_for, world.current())
            return run.state if return_state else _value(run)
        start = functools.partial(runner.start_task, self, parameters, wait_for)
        return call(Calling("task", self.isasync, self.isgenerator, return_state, start, _value))

    def submit(
        self, *args: Any, return_state: bool = False, wait_for: Any = None, **kwargs: Any
    ) -> Any:
        """Run in the flow's task runner; returns a future, or the state with `return_state`."""
        parameters = self.bind(args, kwargs)
        future = runner.submit_task(self, parameters, wait_for)
        return _final(future) if return_state else future

    def map(
        self,
        *args: Any,
        return_state: bool = False,
        wait_for: Any = None,
        deferred: bool = False,
        **kwargs: Any,
    ) -> Any:
        """One run per position of the iterables among the arguments, which are taken in step."""
        refuse_options("task", {"deferred": deferred})
        parameters = self.bind(args, kwargs, defaults=False)
        futures = runner.map_task(self, parameters, wait_for)
        return [_final(future) for future in futures] if return_state else futures

    def with_options(self, **options: Any) -> Task:
        """The same function with some options changed; None leaves most of them as they are."""
        check_names("Task.with_options()", options, self.known - TASK_HOOK_OPTIONS)
        # Observed in Prefect 3.8.8: a lifetime of zero changes nothing.
        options = {k: v for k, v in options.items() if v or k != "cache_expiration"}
        changed = self._changed(options)
        other = self._copied(Task(self.fn, **changed))
        other._source = self._source  # in another process it cannot be read again
        return other

    def options(self) -> dict[str, Any]:
        """The options as they were given, for a copy."""
        return {
            "name": self.name,
            "description": self.description,
            "tags": self.tags,
            "version": self.version,
            "task_run_name": self.task_run_name,
            "retries": self.retries,
            "retry_delay_seconds": self.retry_delay_seconds,
            "retry_jitter_factor": self.retry_jitter_factor,
            "timeout_seconds": self.timeout_seconds,
            "log_prints": self.log_prints,
            "retry_condition_fn": self.retry_condition_fn,
            **self.result_options(),
            **{event: list(hooks) for event, hooks in self.hooks.items()},
        }

    def run_name(self, run: TaskRun, parameters: dict[str, Any]) -> str:
        """The name that `task_run_name` gives to a run."""
        if self.task_run_name is None:
            return run.name
        return names.of_task_run(self.task_run_name, parameters)


Task.known = known_options(Task) | TASK_NOT_YET | TASK_RESULT_OPTIONS
Task.absent = TASK_METHODS_NOT_YET
refuse_names(Task, Task.absent)


def task(__fn: Callable[..., Any] | None = None, **options: Any) -> Any:
    """Make a task of a function: `@task` or `@task(name=...)`."""
    check_names("task()", options, Task.known - TASK_HOOK_OPTIONS)
    # Observed in Prefect 3.8.8: only the decorator leaves it to the flow around.
    options.setdefault("log_prints", None)
    if __fn is None:
        return lambda fn: Task(fn, **options)
    return Task(__fn, **options)


def _value(run: TaskRun) -> Any:
    """What a direct call gives; None when it was not ready (observed in Prefect 3.8.8)."""
    state = run.state
    assert state is not None  # the run has ended
    if run.run_count == 0:
        return None
    if not run.returned:
        return result_of(state)
    if run.spent is not None:
        return run.spent
    return state if run.made_state else state.data


def _final(future: PrefectFuture) -> State:
    future.wait()
    return future.state
