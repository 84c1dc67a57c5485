"""Flows: a function with options whose runs hold task runs.

https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

import functools
import sys
import uuid
from collections.abc import Callable
from types import CoroutineType
from typing import Any

from flowlight import core, core_flow, names
from flowlight.absent import refuse_names
from flowlight.blocking import run_coroutine
from flowlight.calling import Calling, call
from flowlight.child_flows import place_of
from flowlight.commands import Logic
from flowlight.context import FlowRunContext, current_body, current_tags
from flowlight.deployable import Deployable
from flowlight.errors import NotSupported
from flowlight.hooks import Hook, check_hooks, hook_list
from flowlight.inputs import Inputs
from flowlight.named_states import Pending
from flowlight.not_yet import FLOW_METHODS_NOT_YET, FLOW_NOT_YET
from flowlight.options import check_names, check_others, taken
from flowlight.parameters import check_flow_parameters, serialize, validate_by_name
from flowlight.results.running import check_results
from flowlight.results.task_options import FLOW_RESULT_OPTIONS, NONE_COUNTS, FlowResults
from flowlight.runnable import Runnable, dress, known_options
from flowlight.runs import FlowRun
from flowlight.settings import (
    PREFECT_FLOWS_DEFAULT_RETRIES,
    PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS,
)
from flowlight.source_hash import file_hash
from flowlight.state_results import result_of
from flowlight.submission import Submissions
from flowlight.task_runners import TaskRunner, ThreadPoolTaskRunner
from flowlight.world import World

__all__ = ["Flow", "flow"]


class Flow(Deployable, FlowResults, Runnable):
    """A function with options. `fn` is the function itself."""

    kind = "flow"
    none_counts = NONE_COUNTS | {"log_prints"}
    on_cancellation_hooks = hook_list("on_cancellation")
    on_crashed_hooks = hook_list("on_crashed")

    def __init__(
        self,
        fn: Callable[..., Any],
        name: str | None = None,
        version: str | None = None,
        flow_run_name: names.RunName | None = None,
        retries: int | None = None,
        retry_delay_seconds: float | None = None,
        task_runner: TaskRunner | type[TaskRunner] | None = None,
        description: str | None = None,
        timeout_seconds: float | None = None,
        validate_parameters: bool = True,
        log_prints: bool | None = None,
        on_completion: list[Hook] | None = None,
        on_failure: list[Hook] | None = None,
        on_cancellation: list[Hook] | None = None,
        on_crashed: list[Hook] | None = None,
        on_running: list[Hook] | None = None,
        **others: Any,
    ) -> None:
        self._take(fn)
        name = names.check_name(name) or _name_of(self.fn)
        check_flow_parameters(self.fn, validate_parameters)
        self.set_results(**taken(others, FLOW_RESULT_OPTIONS))
        check_others("flow", others, FLOW_NOT_YET)
        dress(self, self.fn)
        self.name = name
        self._version = version
        self.description = description
        self.flow_run_name = names.check_run_name("flow_run_name", flow_run_name)
        self.retries = PREFECT_FLOWS_DEFAULT_RETRIES.value() if retries is None else retries
        self.retry_delay_seconds = (
            PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS.value()
            if retry_delay_seconds is None
            else retry_delay_seconds
        )
        self.task_runner = _runner(task_runner)
        self.timeout_seconds = float(timeout_seconds) if timeout_seconds else None
        self.should_validate_parameters = validate_parameters
        self.log_prints = log_prints
        hooks = {
            "on_completion": on_completion,
            "on_failure": on_failure,
            "on_cancellation": on_cancellation,
            "on_crashed": on_crashed,
            "on_running": on_running,
        }
        self.hooks = check_hooks("flow", hooks)

    def __call__(
        self, *args: Any, return_state: bool = False, wait_for: Any = None, **kwargs: Any
    ) -> Any:
        """Run the flow. Returns what the body returned, or raises what it raised."""
        parameters = self.bind(args, kwargs)
        start = functools.partial(self._start, parameters, wait_for)
        return call(Calling("flow", self.isasync, self.isgenerator, return_state, start, _value))

    def _start(
        self, parameters: dict[str, Any], wait_for: Any, here: World
    ) -> tuple[FlowRun, Logic]:
        check_results(self)
        around = FlowRunContext.get()
        inputs = Inputs(parameters, wait_for)
        place = place_of(self.fn, around)
        kept = None if place is None or self.isgenerator else place.kept()
        if kept is not None:
            return kept, core_flow.taken(kept, here)
        run = FlowRun(
            id=uuid.uuid4(),
            name=names.made_up(),
            expected_start_time=here.clock(),
            parameters=parameters,
            tags=sorted(current_tags()),
            flow=self,
            parent=around.flow_run if around else None,
        )
        if place is not None:
            place.put(run)
        here.emit("created", run, current_body(), direct=True)
        core.enter(run, Pending(), here)
        return run, core_flow.flow_run(run, inputs, Submissions(self.task_runner), here)

    def with_options(self, **options: Any) -> Flow:
        """The same function as a flow with some options changed; None leaves them as they are."""
        return self._copied(Flow(self.fn, **self._changed(options)))

    @property
    def version(self) -> str | None:
        """The version; by default a hash of the file that the function is in, as in Prefect."""
        if not self._version:
            self._version = file_hash(self.fn)
        return self._version

    def validate_parameters(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """The parameters as annotated; `ParameterTypeError` lists all that do not fit."""
        return validate_by_name(self.fn, self.signature, parameters)

    def serialize_parameters(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """The parameters as JSON values; `<Type>` for one that has none."""
        return serialize({k: v for k, v in parameters.items() if v not in self.receiver})

    def options(self) -> dict[str, Any]:
        """The options as they were given, for a copy."""
        return {
            "name": self.name,
            "version": self._version,
            "flow_run_name": self.flow_run_name,
            "retries": self.retries,
            "retry_delay_seconds": self.retry_delay_seconds,
            "task_runner": self.task_runner,
            "description": self.description,
            "timeout_seconds": self.timeout_seconds,
            "validate_parameters": self.should_validate_parameters,
            "log_prints": self.log_prints,
            **self.result_options(),
            **{event: list(hooks) for event, hooks in self.hooks.items()},
        }

    def run_name(self, run: FlowRun, parameters: dict[str, Any]) -> str:
        """The name that `flow_run_name` gives to a run."""
        if self.flow_run_name is None:
            return run.name
        return names.of_flow_run(self.flow_run_name, parameters)

    def on_cancellation(self, fn: Hook) -> Hook:
        """Add a hook for runs that are cancelled from outside; usable as a decorator."""
        return self._add_hook("on_cancellation", fn)

    def on_crashed(self, fn: Hook) -> Hook:
        """Add a hook for runs that crash; usable as a decorator."""
        return self._add_hook("on_crashed", fn)


Flow.known = known_options(Flow) | FLOW_NOT_YET | FLOW_RESULT_OPTIONS
Flow.absent = FLOW_METHODS_NOT_YET
refuse_names(Flow, Flow.absent)


def flow(__fn: Callable[..., Any] | None = None, **options: Any) -> Any:
    """Make a flow of a function: `@flow` or `@flow(name=...)`."""
    check_names("flow()", options, Flow.known)
    if __fn is None:
        return lambda fn: Flow(fn, **options)
    return Flow(__fn, **options)


flow.from_source = Flow.from_source  # type: ignore[attr-defined]  # Prefect's `flow` has it
flow.afrom_source = Flow.afrom_source  # type: ignore[attr-defined]


def _name_of(fn: Callable[..., Any]) -> str:
    """The function's name with dashes, as Prefect makes it."""
    name = fn.__name__
    return "unknown-lambda" if name == "<lambda>" else name.replace("_", "-")


def _runner(given: TaskRunner | type[TaskRunner] | None) -> TaskRunner:
    if given is None:
        return ThreadPoolTaskRunner()
    runner = given() if isinstance(given, type) else given
    if not all(hasattr(runner, name) for name in ("duplicate", "submit", "map", "__enter__")):
        raise NotSupported(
            f"task_runner: expected a task runner, found {given!r}; use one of prefect.task_runners"
        )
    return runner


def _value(run: FlowRun) -> Any:
    """What a call gives: a value, also one of failed states; else what the final state holds."""
    assert run.state is not None  # the run has ended
    if run.returned:
        value = run.state.data if run.spent is None else run.spent
        if run.spent is not None and sys.version_info < (3, 12) and not run.flow.isasync:
            return None  # asyncio takes a generator for a coroutine, and Prefect 3.8.8 runs it
        # Observed in Prefect 3.8.8: an ordinary flow that returns a coroutine has it run.
        return run_coroutine(value) if isinstance(value, CoroutineType) else value
    return result_of(run.state)
