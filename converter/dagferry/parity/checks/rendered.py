"""Check: templated fields rendered to what the flow's tasks were given.

https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/operators.html#jinja-templating
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dagferry.parity.check import ABSENT, Comparison, Item, compared, differs, ignored, unchecked
from dagferry.parity.match import Pair
from dagferry.parity.policy import Policy
from dagferry.parity.trace import Json, TaskTrace

NAME = "rendered"
EMPTY: tuple[Json, ...] = (None, "", [], {})
MAPPED = "values of mapped tasks"


def items(comparison: Comparison) -> Iterator[Item]:
    """One item for each field, or for each argument where the field is a call's arguments."""
    for pair in comparison.pairs():
        if pair.flow is not None and pair.flow.tries:
            for field, value in sorted(pair.airflow.rendered.items()):
                yield from _field(pair, pair.flow, (field, value), comparison.policy)


def _field(pair: Pair, run: TaskTrace, field: tuple[str, Json], policy: Policy) -> Iterator[Item]:
    name, value = field
    label = f"{pair.label}.{name}"
    if name in run.rendered:
        yield _rendered(label, value, run.rendered[name], policy)
        return
    parameter = pair.facts.rendered.get(name)
    if parameter is not None:
        yield _one(label, value, run, parameter, policy)
    elif value in EMPTY:
        return
    elif name not in pair.facts.rendered:
        yield unchecked(label, "the manifest does not say where the flow has it")
    elif isinstance(value, dict):
        for key, one in sorted(value.items()):
            yield _one(f"{label}.{key}", one, run, key, policy)
    elif isinstance(value, list):
        yield _positional(label, value, run, policy)
    else:
        yield unchecked(label, "the manifest names no parameter for it")


def _rendered(label: str, value: Json, found: Json, policy: Policy) -> Item:
    """A field that both sides have; Airflow does not show what a mapped task left."""
    if _is_lazy(value) and isinstance(found, list):
        return ignored(label, MAPPED)
    shown = _shown(value, found)
    item = compared(label, shown, found, policy)
    return item if shown == value else replace(item, leniencies=item.leniencies | {MAPPED})


def _is_lazy(value: Json) -> bool:
    return isinstance(value, dict) and str(value.get("name", "")).startswith("LazyXCom")


def _shown(value: Json, found: Json) -> Json:
    """The value, with what the flow has where Airflow does not show what a mapped task left."""
    if _is_lazy(value) and isinstance(found, list):
        return found
    if isinstance(value, list) and isinstance(found, list) and len(value) == len(found):
        return [_shown(one, other) for one, other in zip(value, found)]
    if isinstance(value, dict) and isinstance(found, dict) and value.keys() == found.keys():
        return {key: _shown(one, found[key]) for key, one in value.items()}
    return value


def _one(label: str, value: Json, run: TaskTrace, parameter: str, policy: Policy) -> Item:
    if parameter in run.parameters:
        return _rendered(label, value, run.parameters[parameter], policy)
    if value in EMPTY:
        return ignored(label, "absent is null")
    return differs(label, value, ABSENT, f"the flow's task has no parameter {parameter!r}")


def _positional(label: str, values: list[Json], run: TaskTrace, policy: Policy) -> Item:
    """Arguments by position: parameters stand in the order of the signature, `*args` is a list."""
    found = list(run.parameters.values())
    star = next((at for at in range(len(found)) if _is_rest(found, at, values)), None)
    given = found[: len(values)] if star is None else [*found[:star], *found[star]]
    return _rendered(label, values, given[: max(len(values), len(given))], policy)


def _is_rest(found: Sequence[Json], at: int, values: Sequence[Json]) -> bool:
    """Whether the parameter at this place took the rest of the positional arguments."""
    return isinstance(found[at], list) and found[at] != [] and found[at] == list(values[at:])
