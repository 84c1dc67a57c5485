"""Lets one thing go wrong in a run: a task fails, is skipped, times out or returns something else.

What is asked for is described in `docs/reference/trace.md`. The body of the task does not run then; all
around it does: templates, callbacks, retries, trigger rules.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from daglight.errors import UsageError
from daglight.exceptions import AirflowSkipException
from daglight.operators.branch import BaseBranchOperator
from daglight.operators.python import PythonOperator
from daglight.sensors.base import BaseSensorOperator

if TYPE_CHECKING:
    from daglight.instance import TaskInstance

__all__ = ["Injection", "inject", "read_injections"]

_KINDS = ("fail", "skip", "time_out", "return")


class Injection(NamedTuple):
    """What happens in place of the body of a task. None for `map_index` and `tries`: in each of them."""

    task_id: str
    do: str
    value: Any = None
    map_index: int | None = None
    tries: tuple[int, ...] | None = None

    def is_for(self, ti: TaskInstance) -> bool:
        """Whether it happens in the try that the instance has begun."""
        return (
            ti.task_id == self.task_id
            and self.map_index in (None, ti.map_index)
            and (self.tries is None or ti.progress.tries in self.tries)
        )


def read_injections(text: str) -> tuple[Injection, ...]:
    """The injections of the command line; UsageError for what is none."""
    try:
        found = [Injection(**one) for one in json.loads(text)]
        return tuple(
            one._replace(tries=one.tries and tuple(one.tries)) for one in map(_known, found)
        )
    except (TypeError, ValueError) as error:
        raise UsageError(f"--inject: expected a JSON list of injections ({error})") from None


def _known(injection: Injection) -> Injection:
    if injection.do not in _KINDS:
        raise ValueError(f"do: expected one of {', '.join(_KINDS)}, found {injection.do!r}")
    return injection


def inject(injections: Iterable[Injection], ti: TaskInstance) -> None:
    """Change the copy of the task that a try works on, where an injection is for it."""
    for one in injections:
        if one.is_for(ti):
            _change(ti.task, one)


def _change(task: Any, injection: Injection) -> None:
    # An attribute of the copy hides the method of its class.
    attributes = task.__dict__
    if injection.do == "time_out" and isinstance(task, BaseSensorOperator):
        attributes["poke"] = lambda context: False  # noqa: ARG005 - Airflow's signature
        # One wait for all: a week of pokes, each a try of its own, would take minutes.
        attributes["_interval"] = lambda *_: task.timeout
    elif injection.do == "return":
        _return(task, injection.value)
    else:
        skip = injection.do == "skip"
        error = AirflowSkipException if skip else RuntimeError
        text = "skipped on purpose" if skip else f"{injection.task_id} fails on purpose"
        attributes["execute"] = _raising(error, text)


def _return(task: Any, value: Any) -> None:
    """What decides about the tasks that follow is still done with the value."""
    if isinstance(task, BaseBranchOperator):
        task.__dict__["choose_branch"] = lambda context: value  # noqa: ARG005 - Airflow's signature
    elif isinstance(task, PythonOperator):
        task.__dict__["execute_callable"] = lambda: value
    else:
        task.__dict__["execute"] = lambda context: value  # noqa: ARG005 - Airflow's signature


def _raising(error: type[Exception], text: str) -> Callable[[Any], Any]:
    def execute(context: Any) -> Any:  # noqa: ARG001 - Airflow's signature
        raise error(text)

    return execute
