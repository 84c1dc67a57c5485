"""Finds every construct of the package; two that claim one name do not load."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache

import dagferry.constructs
from dagferry.constructs._base import Construct, Replacement
from dagferry.source.airflow_names import (
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
        for name in (*construct.names, *construct.methods):
            if name in claimed:
                raise TypeError(f"{name} is claimed by {claimed[name].name} and {construct.name}")
            claimed[name] = construct
    return claimed


@cache
def _prefixes() -> tuple[tuple[str, Construct], ...]:
    """The claimed beginnings of names, the longest first."""
    found = [(prefix, one) for one in constructs().values() for prefix in one.prefixes]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def _by_base() -> dict[str, Construct]:
    """The constructs of classes of the folder, by what these derive from."""
    return {base: one for one in constructs().values() for base in one.base_classes}


def claimant(name: str) -> Construct | None:
    """The construct that claims a qualified name, by the whole of it or by its beginning."""
    found = claims().get(name)
    if found is not None:
        return found
    return next(
        (one for prefix, one in _prefixes() if name.startswith(prefix) and one.takes(name)), None
    )


def class_claimant(bases: Iterable[str]) -> tuple[str, Construct] | None:
    """The construct of a class of the folder that derives from these, nearest first, and which counted."""
    found = ((base, _by_base().get(base)) for base in bases)
    return next(((base, one) for base, one in found if one is not None), None)


def tracer_of(names: Iterable[str]) -> tuple[str, Construct] | None:
    """The construct that says what a call does to the graph: of one name, or of a class's bases."""
    for name in names:
        found = claimant(name) or _by_base().get(name)
        if found is not None:
            return name, found
    return None


@cache
def replacements() -> dict[str, Replacement]:
    """Names of Airflow's that keep their spelling and come from elsewhere."""
    found: dict[str, Replacement] = {}
    for construct in constructs().values():
        found |= construct.replaces
        if construct.helper_class is not None:
            by_class = Replacement(module="airflow_compat", name=construct.helper_class)
            found |= dict.fromkeys(construct.names, by_class)
    return found


@cache
def class_names() -> frozenset[str]:
    """Names of classes whose calls may keep their spelling: the helper has such a class."""
    return frozenset(
        name
        for construct in constructs().values()
        if construct.helper_class is not None
        for name in construct.names
    )


def is_replaced(origin: str) -> bool:
    """Whether the name, or something that it is an attribute of, keeps its spelling in the flow."""
    parts = origin.split(".")
    return any(".".join(parts[:count]) in replacements() for count in range(2, len(parts) + 1))


def known_names() -> frozenset[str]:
    """Every name of Airflow's that the converter knows how to read."""
    structure = DAG_CLASSES | DAG_DECORATORS | PLAIN_TASK
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
