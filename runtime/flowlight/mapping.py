"""What `map` makes of its arguments: one set for each position, iterables taken in step.

https://docs.prefect.io/v3/how-to-guides/workflows/run-work-concurrently;
details: observed in Prefect 3.8.8.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

from flowlight.annotations import Annotation, allow_failure, unmapped
from flowlight.errors import MappingLengthMismatch, MappingMissingIterable, NotSupported
from flowlight.futures import PrefectFuture
from flowlight.inputs import Inputs
from flowlight.states import State

__all__ = ["split"]

_P = inspect.Parameter


def split(signature: inspect.Signature, parameters: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The parameters of each run. Waits for futures that stand for the iterables themselves."""
    whole, parts = _sort(signature, parameters)
    if not parts:
        raise MappingMissingIterable(
            "No iterable parameters were received. Parameters for map must include at least one"
            f" iterable. Parameters: {parameters}"
        )
    lengths = {name: len(items) for name, items in parts.items()}
    if len(set(lengths.values())) > 1:
        raise MappingLengthMismatch(
            "Received iterable parameters with different lengths. Parameters for map must all be"
            f" the same length. Got lengths: {lengths}"
        )
    for position in range(next(iter(lengths.values()))):
        mapped = {name: items[position] for name, items in parts.items()}
        yield {name: mapped[name] if name in mapped else whole[name] for name in parameters}


def _sort(
    signature: inspect.Signature, parameters: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """The parameters that every run gets whole, and those that are taken apart."""
    whole: dict[str, Any] = {}
    parts: dict[str, list[Any]] = {}
    for name, given in parameters.items():
        if signature.parameters[name].kind in (_P.VAR_POSITIONAL, _P.VAR_KEYWORD) and given:
            raise NotSupported(f"flowlight does not map over the parameters in *{name} yet")
        value, marks = _unwrap(given)
        items = None if unmapped in marks else _items(value, allowed=allow_failure in marks)
        wrap = allow_failure if allow_failure in marks else _same
        if items is None or signature.parameters[name].kind in (_P.VAR_POSITIONAL, _P.VAR_KEYWORD):
            whole[name] = wrap(value)
        else:
            parts[name] = [wrap(item) for item in items]
    return whole, parts


def _unwrap(value: Any) -> tuple[Any, set[type]]:
    """The value under its marks, and the marks."""
    marks: set[type] = set()
    while isinstance(value, Annotation):
        marks.add(type(value))
        value = value.value
    return value, marks


def _items(value: Any, *, allowed: bool) -> list[Any] | None:
    """The elements of an iterable, of a future's or a state's result; None for anything else."""
    if isinstance(value, PrefectFuture):
        value.wait()
    if isinstance(value, (PrefectFuture, State)):
        value = Inputs({"value": allow_failure(value) if allowed else value}).resolve()["value"]
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        return None
    return list(value)


def _same(value: Any) -> Any:
    return value
