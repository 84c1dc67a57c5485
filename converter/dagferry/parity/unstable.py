"""What two runs of the same DAG do not agree on: clocks, random numbers, fresh ids.

A flow cannot be held to a value that the DAG itself does not repeat; nor is it proved by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dagferry.parity.check import Files
from dagferry.parity.match import label
from dagferry.parity.policy import DEFAULT
from dagferry.parity.trace import Json, TaskTrace, Trace
from dagferry.parity.values import DIFFERENT, compare_values

Labelled = dict[tuple[str, str], Json]


def unstable(first: Trace, second: Trace, files: Files) -> Labelled:
    """(check, label) -> the second run's value, for all that both runs have and that differs.

    `files`: what the first (`airflow`) and the second (`flow`) run of the DAG left behind.
    """
    ones = {**dict(_values(first)), **_hashes(files.airflow)}
    others = {**dict(_values(second)), **_hashes(files.flow)}
    return {
        key: others[key] for key in ones.keys() & others.keys() if _moved(ones[key], others[key])
    }


def _moved(one: Json, other: Json) -> bool:
    return compare_values(one, other, DEFAULT).verdict == DIFFERENT


def _hashes(files: Mapping[str, str | None]) -> Labelled:
    return {("effects", path): content or "deleted" for path, content in files.items()}


def _values(trace: Trace) -> Iterator[tuple[tuple[str, str], Json]]:
    for task in trace.tasks:
        yield from _of_task(task)


def _of_task(task: TaskTrace) -> Iterator[tuple[tuple[str, str], Json]]:
    name = label(task)
    for key, value in task.xcoms.items():
        yield ("xcoms", f"{name}.{key}"), value
    for field, value in task.rendered.items():
        yield ("rendered", f"{name}.{field}"), value
        if isinstance(value, dict):
            for key, one in value.items():
                yield ("rendered", f"{name}.{field}.{key}"), one
    yield ("effects", f"{name}.prints"), list(task.prints)
    yield ("calls", f"{name}.calls"), list(task.calls)
