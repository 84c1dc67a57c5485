"""What `map` makes of its arguments: one set for each position, iterables taken in step.

https://docs.prefect.io/v3/how-to-guides/workflows/run-work-concurrently;
details: observed in Prefect 3.8.8.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from flowlight.annotations import allow_failure, opaque, quote, unmapped
from flowlight.errors import MappingLengthMismatch, MappingMissingIterable
from flowlight.futures import PrefectFuture
from flowlight.inputs import Inputs
from flowlight.states import State

if TYPE_CHECKING:
    import inspect

__all__ = ["split"]

_KEPT = (allow_failure, opaque, quote)  # marks that every run's part gets again


def split(signature: inspect.Signature, parameters: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The parameters of each run. Waits for futures that stand for the iterables themselves."""
    parameters = _exploded(signature, parameters)
    whole, parts = _sort(parameters)
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
        each = {name: mapped[name] if name in mapped else whole[name] for name in parameters}
        yield _collapsed(signature, each)


def _exploded(signature: inspect.Signature, parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters with the names in `**kwargs` beside the others."""
    found: dict[str, Any] = {}
    for name, given in parameters.items():
        if signature.parameters[name].kind.name == "VAR_KEYWORD":
            found.update(given)
        else:
            found[name] = given
    return found


def _collapsed(signature: inspect.Signature, parameters: dict[str, Any]) -> dict[str, Any]:
    """What `_exploded` was given, for one run."""
    others = {name: value for name, value in parameters.items() if name not in signature.parameters}
    found = {name: value for name, value in parameters.items() if name not in others}
    for name, parameter in signature.parameters.items():
        if parameter.kind.name == "VAR_KEYWORD" and others:
            found[name] = others
    return found


def _sort(parameters: dict[str, Any]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """The parameters that every run gets whole, and those that are taken apart."""
    whole: dict[str, Any] = {}
    parts: dict[str, list[Any]] = {}
    for name, given in parameters.items():
        value = _resolved(given)
        wrap: Callable[[Any], Any] = _same
        if isinstance(value, _KEPT):
            wrap, value = value.rewrap, value.unwrap()
        if isinstance(value, unmapped):
            whole[name] = wrap(value.value)
        elif not _is_iterable(value):
            whole[name] = wrap(value)
        else:
            parts[name] = [wrap(item) for item in value]
    return whole, parts


def _resolved(value: Any) -> Any:
    """The result of a future or a state that stands for the iterable; a marked one stays."""
    if isinstance(value, PrefectFuture):
        value.wait()
    if isinstance(value, (PrefectFuture, State)):
        return Inputs({"value": value}).resolve()["value"]
    return value


def _is_iterable(value: Any) -> bool:
    """Whether it is taken apart: text, bytes and files are not."""
    if isinstance(value, (str, bytes, io.IOBase)):
        return False
    try:
        iter(value)
    except TypeError:
        return False
    return True


def _same(value: Any) -> Any:
    return value
