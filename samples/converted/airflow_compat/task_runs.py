"""Prefect task runs of the nodes of a graph: Airflow's task instances."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, NoReturn

from prefect import State, allow_failure, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed

from airflow_compat.context import task_context
from airflow_compat.exceptions import retry_unless_final
from airflow_compat.nodes import Node
from airflow_compat.rules import FAILED, SKIPPED, SUCCESS, UPSTREAM_FAILED
from airflow_compat.run import AirflowRun
from airflow_compat.xcom import TaskInstance, XComs

__all__: list[str] = []


class TaskRun:
    """One task run of a node; `map_index` is -1 where the node is not mapped."""

    def __init__(self, node: Node, map_index: int = -1) -> None:
        self.node = node
        self.map_index = map_index
        self.round = node.round
        self.retried = 0
        # What the body returned, where its task run gives something else.
        self.returned: Any = None
        # The `id`s of arguments that other tasks left, which are not rendered again.
        self.kept: frozenset[int] = frozenset()
        # The context of its body, once it has one.
        self.context: dict[str, Any] | None = None
        # Called when a try failed and another one follows.
        self.on_retry: Callable[[Any], None] | None = None
        self.future: Any = None
        self.outcome: str | None = None

    @property
    def name(self) -> str:
        """The id of its node, with the map index where there is one."""
        index = f"__{self.map_index}" if self.map_index >= 0 else ""
        return f"{self.node.task_id}{index}"

    def context_of(self, run: AirflowRun, xcoms: XComs) -> dict[str, Any]:
        """The context of the task, as it is now."""
        index = self.map_index
        ti = TaskInstance(self.node.task_id, run, xcoms, index)
        context = self.context or task_context(run, ti)
        context["ti"].state = self.outcome
        context["ti"]._try_number = self.retried + 1
        return dict(context)

    def settle(self) -> Any:
        """Note how the run ended; gives what it returned."""
        # Prefect's `state` can be that of a running task until `wait` was called.
        self.future.wait()
        state = self.future.state
        self.outcome = outcome_of(state)
        # A try again is a round later, and Airflow looks at the others in between.
        self.round += self.retried
        succeeded = self.outcome == SUCCESS
        return state.result(raise_on_failure=False) if succeeded else None


def outcome_of(state: Any) -> str:
    """Airflow's state of a task run that ended in a state of Prefect's."""
    if state.is_completed():
        return SKIPPED if state.name == "Skipped" else SUCCESS
    return UPSTREAM_FAILED if state.name == "NotReady" else FAILED


def prepared(body: Any, run: TaskRun) -> Any:
    """A task as the node runs it: under its own name, and without a cache.

    A second node of one task needs its own name; a retry must not outlast
    AirflowFailException; arguments such as `ti` have no place in a cache key.
    """
    asked = body.retry_condition_fn or retry_unless_final
    mapped = {"task_run_name": run.name} if run.map_index >= 0 else {}
    prepared = body.with_options(
        name=run.node.task_id,
        cache_policy=NO_CACHE,
        retry_condition_fn=counting(asked, run),
        **mapped,
    )
    prepared.__map_index__ = run.map_index
    if run.node.checks:
        prepared.fn = checked(body.fn, run.node.checks)
    return prepared


def counting(asked: Any, run: TaskRun) -> Any:
    """A condition for another try, which counts those that it allows."""
    if not inspect.isfunction(asked) or inspect.iscoroutinefunction(asked):
        return asked

    def condition(task: Any, task_run: Any, state: Any) -> bool:
        again = bool(asked(task, task_run, state))
        run.retried += again
        if again and run.on_retry is not None:
            run.on_retry(state)
        return again

    return condition


def checked(
    body: Callable[..., Any], checks: list[Callable[[Any], None]]
) -> Callable[..., Any]:
    """A body that hands what it returns to checks, which may fail it."""

    def approved(result: Any) -> Any:
        for check in () if isinstance(result, State) else checks:
            check(result)
        return result

    if inspect.iscoroutinefunction(body):

        @functools.wraps(body)
        async def later(*args: Any, **kwargs: Any) -> Any:
            return approved(await body(*args, **kwargs))

        return later

    @functools.wraps(body)
    def now(*args: Any, **kwargs: Any) -> Any:
        return approved(body(*args, **kwargs))

    return now


def silent(body: Callable[..., Any], run: TaskRun) -> Callable[..., Any]:
    """A body whose result nobody gets but its own node; a skip stays one."""

    def noted(result: Any) -> Any:
        run.returned = result
        return result if isinstance(result, State) else None

    if inspect.iscoroutinefunction(body):

        @functools.wraps(body)
        async def later(*args: Any, **kwargs: Any) -> Any:
            return noted(await body(*args, **kwargs))

        return later

    @functools.wraps(body)
    def quiet(*args: Any, **kwargs: Any) -> Any:
        return noted(body(*args, **kwargs))

    return quiet


def raising(error: Exception) -> Callable[[], NoReturn]:
    """A body that does nothing but fail."""

    def body() -> NoReturn:
        raise error

    return body


@task(cache_policy=NO_CACHE)
def skipped() -> Any:
    """Stands for a body that does not run."""
    return Completed(name="Skipped", message="Skipped by its trigger rule or a branch")


def stand_in(run: TaskRun, outcome: str, body: Any = None) -> TaskRun:
    """A run that does nothing and ends as a skipped one, or as one never ready."""
    strict = outcome == UPSTREAM_FAILED
    # What a failure stops never runs, and shows what it would have been allowed.
    names = ("retries", "retry_delay_seconds", "timeout_seconds")
    kept = {name: getattr(body, name) for name in names} if strict and body else {}
    named: Any = skipped.with_options(name=run.node.task_id, **kept)
    named.__map_index__ = run.map_index
    run.future = named.submit(wait_for=edges(run.node, strict=strict))
    return run


def edges(node: Node, *, strict: bool = False) -> list[Any]:
    """What Prefect shall draw edges from; `strict` lets a failure stop the task."""
    ended = [run for up in node.upstream.values() for run in up.runs if run.outcome]
    bad = (FAILED, UPSTREAM_FAILED) if strict else ()
    return [
        run.future if run.outcome in bad else allow_failure(run.future) for run in ended
    ]
