"""Finds every construct of the package; two that claim one name do not load."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache

import dagferry.constructs
from dagferry.constructs._base import Construct, Replacement
from dagferry.source.airflow_names import (
    CHAIN,
    CROSS_DOWNSTREAM,
    DAG_CLASSES,
    DAG_DECORATORS,
    PLAIN_TASK,
)


@cache
def constructs() -> dict[str, Construct]:
    """Every construct by its name, in the order of the names."""
    found = {construct.name: construct for construct in _scan()}
    return dict(sorted(found.items()))


@cache
def claims() -> dict[str, Construct]:
    """Every qualified name of Airflow's that a construct claims."""
    claimed: dict[str, Construct] = {}
    for construct in constructs().values():
        for name in construct.names:
            if name in claimed:
                raise TypeError(f"{name} is claimed by {claimed[name].name} and {construct.name}")
            claimed[name] = construct
    return claimed


@cache
def replacements() -> dict[str, Replacement]:
    """Names of Airflow's that keep their spelling and come from elsewhere."""
    found: dict[str, Replacement] = {}
    for construct in constructs().values():
        found |= construct.replaces
    return found


def is_replaced(origin: str) -> bool:
    """Whether the name, or something that it is an attribute of, keeps its spelling in the flow."""
    parts = origin.split(".")
    return any(".".join(parts[:count]) in replacements() for count in range(2, len(parts) + 1))


def known_names() -> frozenset[str]:
    """Every name of Airflow's that the converter knows how to read."""
    structure = DAG_CLASSES | DAG_DECORATORS | PLAIN_TASK | CHAIN | CROSS_DOWNSTREAM
    return frozenset(claims()) | frozenset(replacements()) | structure


def _scan() -> Iterator[Construct]:
    package = dagferry.constructs
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if info.name.rpartition(".")[2].startswith("_") or info.ispkg:
            continue
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            if (
                isinstance(value, type)
                and issubclass(value, Construct)
                and value.__module__ == info.name
            ):
                yield value()
