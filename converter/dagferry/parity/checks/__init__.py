"""The checks of "equivalent", one file each, in the order in which they are reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dagferry.parity.check import Comparison, Item
from dagferry.parity.checks import (
    callbacks,
    calls,
    effects,
    errors,
    names,
    order,
    outcomes,
    rendered,
    run_state,
    schedule,
    tries,
    xcoms,
)

CHECKS: Mapping[str, Callable[[Comparison], Iterator[Item]]] = {
    module.NAME: module.items
    for module in (
        run_state,
        names,
        outcomes,
        xcoms,
        rendered,
        order,
        tries,
        errors,
        effects,
        calls,
        callbacks,
        schedule,
    )
}
