"""Check: every XCom equals the value that the flow produced for it, and there are no others.

https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/xcoms.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dagferry.parity.check import (
    ABSENT,
    Comparison,
    Item,
    compared,
    differs,
    ignored,
    same,
    unchecked,
)
from dagferry.parity.match import Pair
from dagferry.parity.paths import value_at
from dagferry.parity.trace import Json, Returned

NAME = "xcoms"
RETURN = "return_value"
# Stands for every key that is not listed: `multiple_outputs` pushes what the result's keys are.
ANY = "*"


def items(comparison: Comparison) -> Iterator[Item]:
    """One item for each key that either side has a value for."""
    for pair in comparison.pairs():
        if pair.answered:
            yield unchecked(pair.label, "a stub answered the DAG's call, the flow only recorded it")
            continue
        yield from _pushed(pair, comparison)
        yield from _unpushed(pair, comparison)
        internal = sorted(comparison.policy.internal_xcoms & set(pair.airflow.xcoms))
        yield from (ignored(f"{pair.label}.{key}", "internal xcom") for key in internal)


def _pushed(pair: Pair, comparison: Comparison) -> Iterator[Item]:
    for key, value in sorted(pair.airflow.xcoms.items()):
        if key in comparison.policy.internal_xcoms:
            continue
        name, found = f"{pair.label}.{key}", _flow_value(pair, key)
        if found is not None:
            yield compared(name, value, found.value, comparison.policy)
        elif value is None:
            yield ignored(name, "absent is null")
        else:
            yield differs(name, value, ABSENT, "the flow has no such value")


def _unpushed(pair: Pair, comparison: Comparison) -> Iterator[Item]:
    """Values that the flow has and Airflow has not: a task that returns more than it did."""
    known = set(pair.facts.xcoms) - {ANY} | _spread(pair)
    keys = (known | set(pair.flow.xcoms if pair.flow else ())) - set(pair.airflow.xcoms)
    for key in sorted(keys | ({RETURN} - set(pair.airflow.xcoms))):
        found = _flow_value(pair, key)
        if found is None or found.value is None or _explained(pair, key):
            continue
        if key == RETURN and _airflow_3_branch(pair, comparison):
            yield same(f"{pair.label}.{key}", "airflow 3 branch")
        else:
            reason = "Airflow pushed no such value"
            yield differs(f"{pair.label}.{key}", ABSENT, found.value, reason)


def _flow_value(pair: Pair, key: str) -> Returned | None:
    run = pair.flow
    if run is None:
        return None
    if key in pair.facts.xcoms or key == RETURN:
        path = pair.facts.xcoms.get(key, ())
        return value_at(run.result, path)
    if ANY in pair.facts.xcoms and key not in run.xcoms:
        return value_at(run.result, (key,)) if key in _spread(pair) else None
    return Returned(run.xcoms[key]) if key in run.xcoms else None


def _spread(pair: Pair) -> set[str]:
    """The keys of a result that is pushed key by key as well."""
    run = pair.flow
    if ANY not in pair.facts.xcoms or run is None or run.result is None:
        return set()
    value = run.result.value
    return set(value) if isinstance(value, Mapping) and "$type" not in value else set()


def _explained(pair: Pair, key: str) -> bool:
    """Whether a result that is no XCom of its own only carries the values of other keys."""
    if key != RETURN or key in pair.facts.xcoms or pair.flow is None or pair.flow.result is None:
        return False
    paths = [path for name, path in pair.facts.xcoms.items() if name not in (RETURN, ANY)]
    return _covered(pair.flow.result.value, paths)


def _covered(value: Json, paths: Sequence[Sequence[str | int]]) -> bool:
    if any(not path for path in paths):
        return True
    if not isinstance(value, Mapping) or "$type" in value or not paths:
        return False
    return all(value[key] is None or key in {path[0] for path in paths} for key in value)


def _airflow_3_branch(pair: Pair, comparison: Comparison) -> bool:
    return "skipmixin_key" in pair.airflow.xcoms and comparison.airflow.airflow_version == 3
