"""The asynchronous halves of methods that come in pairs: `save` and `asave`, `get` and `aget`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine
from typing import Any

from flowlight.errors import NotSupported

__all__ = ["as_async", "no_client"]


def as_async(fn: Callable[..., Any]) -> Callable[..., Coroutine[Any, Any, Any]]:
    """`fn` as a coroutine function; what it does is short, so it is done where it is awaited."""

    @functools.wraps(fn)
    async def call(*args: Any, **kwargs: Any) -> Any:
        return fn(*args, **kwargs)

    return call


def no_client(client: Any) -> None:
    """`NotSupported` for a client of Prefect's API: there is no server to talk to."""
    if client is not None:
        raise NotSupported("flowlight has no server to talk to: leave `client` out")
