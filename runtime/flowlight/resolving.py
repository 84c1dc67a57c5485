"""Futures at any depth of a value, replaced by what became of them (`prefect.futures`).

https://docs.prefect.io/v3/api-ref/python/prefect-futures; observed in Prefect 3.8.8.
"""

from __future__ import annotations

from typing import Any

from flowlight.futures import PrefectFuture
from flowlight.nested import replace

__all__ = ["resolve_futures_to_results", "resolve_futures_to_states"]


def resolve_futures_to_states(expr: Any) -> Any:
    """The value with final states in place of futures, which are waited for."""
    return _replaced(expr, _state)


def resolve_futures_to_results(expr: Any) -> Any:
    """The value with results in place of futures, which are waited for; `Exception` for a failure."""
    return _replaced(expr, _result)


def _replaced(expr: Any, new: Any) -> Any:
    found: dict[PrefectFuture, Any] = {}

    def note(future: PrefectFuture, _: bool) -> Any:
        if future not in found:
            found[future] = new(future)
        return future

    replace(expr, (PrefectFuture,), note)
    if not found:
        return expr
    return replace(expr, (PrefectFuture,), lambda future, _: found[future])


def _state(future: PrefectFuture) -> Any:
    future.wait()
    return future.state


def _result(future: PrefectFuture) -> Any:
    future.wait()
    if future.state.is_completed():
        return future.result()
    raise Exception("At least one result did not complete successfully")  # Prefect's
