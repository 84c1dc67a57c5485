"""Cache policies whose key is a fact of the run: its source, its inputs, its flow run.

https://docs.prefect.io/v3/concepts/caching. Details: observed in Prefect 3.8.8.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from flowlight.errors import HashError
from flowlight.results.cache_policy import CachePolicy, check_name

if TYPE_CHECKING:
    from flowlight.context import TaskRunContext

__all__ = ["FlowParameters", "Inputs", "RunId", "TaskSource", "hash_objects"]


def hash_objects(*args: Any, **kwargs: Any) -> str | None:
    """`hashing.hash_objects`, imported at the first hash: most runs need none."""
    from flowlight.results import hashing

    return hashing.hash_objects(*args, **kwargs)


@dataclass
class TaskSource(CachePolicy):
    """The key is the source text of the task's function."""

    def compute_key(
        self,
        task_ctx: TaskRunContext | None,
        inputs: dict[str, Any] | None,  # noqa: ARG002  # the signature is Prefect's
        flow_parameters: dict[str, Any] | None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> str | None:
        """The hash of the source, or of the byte code where there is none."""
        if task_ctx is None:
            return None
        source = task_ctx.task.source_code
        if source is None:
            source = _other_source(task_ctx.task.fn)
        return hash_objects(source, raise_on_failure=True)


def _other_source(fn: Callable[..., Any]) -> Any:
    import inspect  # slow to import

    try:
        return inspect.getsource(fn)
    except TypeError:
        return inspect.getsource(type(fn))
    except OSError as error:
        if "source code" not in str(error):
            raise
        return fn.__code__.co_code


@dataclass
class FlowParameters(CachePolicy):
    """The key is the flow's parameters."""

    def compute_key(
        self,
        task_ctx: TaskRunContext,  # noqa: ARG002  # the signature is Prefect's
        inputs: dict[str, Any],  # noqa: ARG002
        flow_parameters: dict[str, Any],
        **kwargs: Any,  # noqa: ARG002
    ) -> str | None:
        """The hash of the parameters; None for none."""
        return hash_objects(flow_parameters, raise_on_failure=True) if flow_parameters else None


@dataclass
class RunId(CachePolicy):
    """The key is the id of the flow run; outside of flows, of the task run."""

    def compute_key(
        self,
        task_ctx: TaskRunContext | None,
        inputs: dict[str, Any],  # noqa: ARG002  # the signature is Prefect's
        flow_parameters: dict[str, Any],  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> str | None:
        """The id as text."""
        if task_ctx is None:
            return None
        return str(task_ctx.task_run.flow_run_id or task_ctx.task_run.id)


@dataclass
class Inputs(CachePolicy):
    """The key is the arguments, without those that are excluded."""

    exclude: list[str] = field(default_factory=list)

    def compute_key(
        self,
        task_ctx: TaskRunContext,  # noqa: ARG002  # the signature is Prefect's
        inputs: dict[str, Any],
        flow_parameters: dict[str, Any],  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> str | None:
        """The hash of the arguments; `ValueError` for one that cannot be hashed."""
        if not inputs:
            return None
        kept = {name: _stable(v) for name, v in inputs.items() if name not in self.exclude}
        try:
            return hash_objects(kept, raise_on_failure=True)
        except HashError as error:
            raise ValueError(
                f"{error}\n\nThis often occurs when task inputs contain objects that cannot be"
                " cached like locks, file handles, or other system resources.\n\nTo resolve this,"
                " you can:\n  1. Exclude these arguments by defining a custom `cache_key_fn`\n"
                "  2. Disable caching by passing `cache_policy=NO_CACHE`\n"
            ) from error

    def __sub__(self, other: str) -> CachePolicy:
        """Without an input."""
        check_name(other)
        return replace(self, exclude=[*self.exclude, other])


def _stable(value: Any) -> Any:
    """A data frame as its columns: its pickle is not the same every time."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and type(value) is pandas.DataFrame:
        return [value[column] for column in sorted(value.columns)]
    return value
