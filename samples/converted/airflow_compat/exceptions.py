"""Airflow's exceptions, and what Prefect makes of them when a task body raises one."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from prefect.states import Completed

__all__ = [
    "AirflowException",
    "AirflowFailException",
    "AirflowSensorTimeout",
    "AirflowSkipException",
    "XComNotFound",
    "retry_unless_final",
    "skips",
]

F = TypeVar("F", bound=Callable[..., Any])


class AirflowException(Exception):
    """The base of Airflow's exceptions; from a task body it means "failed"."""


class AirflowSkipException(AirflowException):
    """A body raises this to be skipped; put `skips` under `@task` for it to work."""


class AirflowFailException(AirflowException):
    """A body raises this to fail without another try; see `retry_unless_final`."""


class XComNotFound(AirflowException):
    """A task was given a value that another one did not leave."""


class AirflowSensorTimeout(AirflowException):
    """What a sensor waits for did not come in time; there is no further try either."""


def skips(fn: F) -> F:
    """Turn `AirflowSkipException` of a body into Prefect's `Completed(name="Skipped")`.

    It stands under `@task`: `@task` first, then `@skips`, then `def`.
    """

    if inspect.iscoroutinefunction(fn):

        @functools.wraps(fn)
        async def later(*args: Any, **kwargs: Any) -> Any:
            try:
                return await fn(*args, **kwargs)
            except AirflowSkipException as skip:
                return Completed(name="Skipped", message=str(skip) or "Skipped")

        return later  # type: ignore[return-value]

    @functools.wraps(fn)
    def body(*args: Any, **kwargs: Any) -> Any:
        try:
            return fn(*args, **kwargs)
        except AirflowSkipException as skip:
            return Completed(name="Skipped", message=str(skip) or "Skipped")

    return body  # type: ignore[return-value]


def retry_unless_final(task: Any, task_run: Any, state: Any) -> bool:
    """For `@task(retry_condition_fn=...)`: no try after a failure that is final.

    https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/sensors.html
    """
    return not isinstance(state.data, (AirflowFailException, AirflowSensorTimeout))
