"""Assets by their names: those that the DAGs of the file write, read or are scheduled on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from daglight.assets import Asset, AssetRef, assets_in
from daglight.errors import NotSupported
from daglight.scope import scope

__all__ = ["asset_named", "resolved"]


def asset_named(name: str = "", uri: str = "") -> Asset:
    """The asset of that name or address; NotSupported when no DAG of the file has it."""
    for one in _known():
        if isinstance(one, Asset) and (one.name == name or (uri and one.uri == uri)):
            return one
    raise NotSupported(f"asset {name or uri!r}, which no DAG of the file writes or reads")


def resolved(values: Any) -> Iterator[Any]:
    """The assets and aliases in `inlets` or `outlets`, references among them looked up."""
    if isinstance(values, AssetRef):
        yield asset_named(values.name, values.uri)
    elif isinstance(values, (list, tuple, set)):
        for one in values:
            yield from resolved(one)
    else:
        yield from assets_in(values)


def _known() -> Iterator[Any]:
    for dag in scope.registered:
        yield from assets_in(dag.schedule)
        for task in dag.tasks:
            options: Any = task
            yield from assets_in([options.outlets, options.inlets])
