"""The exceptions of flowlight, under Prefect's names; `NotSupported` is ours.

Names and meanings: https://docs.prefect.io/v3/api-ref/python/prefect-exceptions.
Messages: observed in Prefect 3.8.8.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

__all__ = [
    "CancelledRun",
    "ConfigurationError",
    "CrashedRun",
    "EventTooLarge",
    "ExternalSignal",
    "FailedRun",
    "FlowPauseTimeout",
    "FlowRunTimeoutError",
    "HashError",
    "InvalidNameError",
    "MappingLengthMismatch",
    "MappingMissingIterable",
    "MissingContextError",
    "MissingResult",
    "NotPausedError",
    "NotSupported",
    "ObjectNotFound",
    "ParameterBindError",
    "ParameterTypeError",
    "PausedRun",
    "PrefectException",
    "PrefectHTTPStatusError",
    "ReservedArgumentError",
    "SerializationError",
    "SignatureMismatchError",
    "TaskRunTimeoutError",
    "TerminationSignal",
    "UnfinishedRun",
    "UpstreamTaskError",
]


class PrefectException(Exception):  # noqa: N818  # the name is Prefect's
    """Root of Prefect's exceptions."""


class NotSupported(NotImplementedError):  # noqa: N818  # read as a sentence: NotSupported: caching
    """Something of Prefect that flowlight does not do: said at once, never ignored."""


class FailedRun(PrefectException):
    """The result of a failed run was asked for, and there is no exception to raise."""


class CrashedRun(PrefectException):
    """The result of a crashed run was asked for."""


class CancelledRun(PrefectException):
    """The result of a cancelled run was asked for."""


class PausedRun(PrefectException):
    """The result of a paused run was asked for."""


class UnfinishedRun(PrefectException):
    """The result of a run was asked for that has not ended."""


class UpstreamTaskError(PrefectException):
    """A run that this one waits for did not complete."""


class MissingResult(PrefectException):
    """A state that the user made without data has no result."""


class HashError(PrefectException):
    """Values have no hash: they are neither JSON nor can be pickled."""


class SerializationError(PrefectException):
    """A result cannot be written as bytes."""


class ConfigurationError(PrefectException):
    """Options do not go together: locks without a lock manager, for example."""


class ObjectNotFound(PrefectException):
    """There is nothing of this name: no deployment, for one."""


class MissingContextError(PrefectException, RuntimeError):
    """Something needs a flow or task run around it."""


class InvalidNameError(PrefectException, ValueError):
    """A name holds a character that Prefect forbids."""


class ReservedArgumentError(PrefectException, TypeError):
    """A function has a parameter that Prefect keeps for itself (`return_state`, `wait_for`)."""


class SignatureMismatchError(PrefectException, TypeError):
    """Parameters by name that a function does not have."""


class ParameterTypeError(PrefectException):
    """The arguments of a flow do not fit its annotations."""


class ScriptError(PrefectException):
    """A script raised while a flow was loaded out of it; `user_exc` is what it raised."""

    def __init__(self, user_exc: Exception, path: str) -> None:
        super().__init__(f"Script at {str(path)!r} encountered an exception: {user_exc!r}")
        self.user_exc = user_exc


class FlowRunWaitTimeout(PrefectException):
    """A flow run did not end in the time that `wait_for_flow_run` was given."""


class MappingLengthMismatch(PrefectException):
    """`map` was given iterables of different lengths."""


class MappingMissingIterable(PrefectException):
    """`map` was given nothing to map over."""


class PrefectHTTPStatusError(PrefectException):
    """Something was to be changed that is not kept; Prefect's server answers so."""


class EventTooLarge(PrefectException):
    """An event is larger than Prefect takes."""

    def __init__(self, size: int, maximum: int) -> None:
        super().__init__(f"Event is too large to emit ({size} > {maximum} bytes)")
        self.size = size
        self.maximum = maximum


class ExternalSignal(BaseException):
    """Something from outside that no body should catch."""


class TerminationSignal(ExternalSignal):
    """The process was asked to end; `signal` is the number."""

    def __init__(self, signal: int) -> None:
        super().__init__()
        self.signal = signal


class NotPausedError(PrefectException):
    """A run was to be resumed that is not paused."""


class FlowPauseTimeout(PrefectException):
    """Nobody resumed a paused run in time."""


class TaskRunTimeoutError(TimeoutError):
    """A task body ran longer than its `timeout_seconds`."""


class FlowRunTimeoutError(TimeoutError):
    """A flow body ran longer than its `timeout_seconds`."""


class ParameterBindError(TypeError, PrefectException):
    """The arguments do not fit the signature of the function."""

    @classmethod
    def of(
        cls,
        fn: Callable[..., Any],
        error: TypeError,
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> ParameterBindError:
        """The error for a call that `inspect.Signature.bind` refused."""
        import inspect  # slow to import

        name = getattr(fn, "__name__", repr(fn))
        signature = str(inspect.signature(fn)).strip("()")
        return cls(
            f"Error binding parameters for function '{name}': {error}.\n"
            f"Function '{name}' has signature '{signature}' but received args: {tuple(args)}"
            f" and kwargs: {list(kwargs)}."
        )
