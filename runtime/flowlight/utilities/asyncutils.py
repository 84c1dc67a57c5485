"""Ordinary code and coroutines together (`prefect.utilities.asyncutils`).

https://docs.prefect.io/v3/api-ref/python/prefect-utilities-asyncutils; details: observed in Prefect
3.8.8.
"""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from flowlight.blocking import run_coroutine
from flowlight.dispatch import in_async_code
from flowlight.errors import NotSupported

__all__ = [
    "async_dispatch",
    "is_async_fn",
    "run_coro_as_sync",
    "run_sync_in_worker_thread",
    "sync_compatible",
]

T = TypeVar("T")


def is_async_fn(func: Callable[..., Any]) -> bool:
    """Whether it is a coroutine function, also under decorators that name what they wrap."""
    import inspect

    return inspect.iscoroutinefunction(inspect.unwrap(func))


def run_coro_as_sync(
    coroutine: Awaitable[T],
    force_new_thread: bool = False,  # noqa: ARG001  # each has a loop of its own here
    wait_for_result: bool = True,
) -> T:
    """The value of a coroutine, in ordinary code; `NotSupported` for one that nobody waits for."""
    if not wait_for_result:
        raise NotSupported("run_coro_as_sync(wait_for_result=False): use asyncio.create_task")
    value: T = run_coroutine(coroutine)
    return value


async def run_sync_in_worker_thread(__fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """The value of an ordinary function, which does not stand in the way of the loop."""
    import asyncio

    return await asyncio.to_thread(__fn, *args, **kwargs)


def sync_compatible(async_fn: Callable[..., Coroutine[Any, Any, T]]) -> Callable[..., Any]:
    """The function, which gives its value in ordinary code; `_sync` decides where it is given."""

    @functools.wraps(async_fn)
    def either(*args: Any, _sync: bool | None = None, **kwargs: Any) -> Any:
        asynchronous = in_async_code() if _sync is None else not _sync
        coroutine = async_fn(*args, **kwargs)
        return coroutine if asynchronous else run_coroutine(coroutine)

    either.aio = async_fn  # type: ignore[attr-defined]  # where Prefect has it
    return either


def async_dispatch(async_impl: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate an ordinary function: in asynchronous code it is `async_impl`."""
    later: Any = async_impl.__func__ if isinstance(async_impl, classmethod) else async_impl

    def decorate(fn: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(fn)
        def either(*args: Any, _sync: bool | None = None, **kwargs: Any) -> Any:
            asynchronous = in_async_code() if _sync is None else not _sync
            return (later if asynchronous else fn)(*args, **kwargs)

        either.aio = later  # type: ignore[attr-defined]  # where Prefect has it
        return either

    return decorate
