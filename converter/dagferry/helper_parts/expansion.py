"""What a task is mapped over: how many runs it has, and the arguments of each.

https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/dynamic-task-mapping.html
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from airflow_compat.calls import Template, value_of
from airflow_compat.exceptions import AirflowException
from airflow_compat.nodes import Node, is_reference
from airflow_compat.rules import FAILED, RUN, SKIPPED, UPSTREAM_FAILED, Upstream
from airflow_compat.task_runs import TaskRun, raising, skipped, stand_in

__all__: list[str] = []

# Airflow's default of `[core] max_map_length`.
MAX_LENGTH = 1024


class XComForMappingNotPushed(AirflowException):
    """A task that others are mapped over returned nothing."""


class UnmappableXComTypePushed(AirflowException):
    """A task that others are mapped over returned something that has no elements."""


class UnmappableXComLengthPushed(AirflowException):
    """A task returned more than others may be mapped over."""


class Product:
    """`expand(x=[...], y=[...])`: every combination; the last argument varies fastest."""

    def __init__(self, mapped: Mapping[str, Any]) -> None:
        if not mapped:
            raise TypeError("no arguments to expand against")
        self.mapped = {name: what(value) for name, value in mapped.items()}
        for name, value in self.mapped.items():
            if not is_reference(value) and not is_mappable(value):
                raise ValueError(
                    f"expand() got an unexpected type {type(value).__name__!r}"
                    f" for keyword argument {name!r}"
                )

    @property
    def value(self) -> Any:
        """All that it is made of."""
        return self.mapped

    def sources(self) -> list[Node]:
        """The nodes that it is mapped over."""
        found = [v for v in self.mapped.values() if is_reference(v)]
        return [node for one in found for node in one.leaves]

    def resolve(self) -> list[dict[str, Any]]:
        """The arguments of each run, in the order of map indexes."""
        lists = {name: elements(value) for name, value in self.mapped.items()}
        count = math.prod(len(values) for values in lists.values())
        return [self._at(lists, index) for index in range(count)]

    def _at(self, lists: Mapping[str, list[Any]], index: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in reversed(list(lists)):
            values = lists[name]
            index, at = divmod(index, len(values))
            left = is_reference(self.mapped[name])
            found[name] = fresh(values[at]) if left else values[at]
        return {name: found[name] for name in lists}

    def kept(self, arguments: Mapping[str, Any]) -> frozenset[int]:
        """The `id`s of arguments that other tasks left: they are not rendered again."""
        left = [n for n, value in self.mapped.items() if is_reference(value)]
        return frozenset(id(arguments[name]) for name in left)


class ListOfDicts:
    """`expand_kwargs([{...}, {...}])`: one run for each dict."""

    def __init__(self, listed: Any) -> None:
        # Airflow renders these arguments, whoever left them.
        self.rendered = isinstance(listed, Template)
        self.listed = what(listed)
        if not is_reference(self.listed) and not is_mappable(self.listed):
            raise TypeError(
                f"expected XComArg or list[dict], not {type(listed).__name__}"
            )

    @property
    def value(self) -> Any:
        """All that it is made of."""
        return self.listed

    def sources(self) -> list[Node]:
        """The nodes that it is mapped over."""
        return list(self.listed.leaves) if is_reference(self.listed) else []

    def resolve(self) -> list[dict[str, Any]]:
        """The arguments of each run, in the order of map indexes."""
        found = [self._entries(one) for one in elements(self.listed)]
        others = [type(one).__name__ for one in found if not isinstance(one, Mapping)]
        if others:
            raise ValueError(f"expand_kwargs() expects a list[dict], not {others[0]}s")
        return [dict(one) for one in found]

    def _entries(self, one: Any) -> Any:
        found = value_of(one.value if isinstance(one, Template) else one)
        if self.rendered and isinstance(found, Mapping):
            return {name: Template(value) for name, value in found.items()}
        return found

    def kept(self, arguments: Mapping[str, Any]) -> frozenset[int]:
        """None: these arguments are rendered, as in Airflow."""
        return frozenset()


def joined(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of one run. Raises TypeError for one that is given twice."""
    refuse_twice(shared, own)
    return {**shared, **own}


def refuse_twice(shared: Iterable[str], own: Iterable[str]) -> None:
    """Raise TypeError for arguments that are given twice."""
    if twice := sorted(set(shared) & set(own)):
        plural = "s" if len(twice) > 1 else ""
        names = ", ".join(twice)
        raise TypeError(f"unmappable or already specified argument{plural}: {names}")


def is_mappable(value: Any) -> bool:
    """Whether something can be mapped over: a list, tuple or dict; no text."""
    value = value.value if isinstance(value, Template) else value
    text = isinstance(value, (str, bytes, bytearray))
    return isinstance(value, (Sequence, dict)) and not text


def what(value: Any) -> Any:
    """What is mapped over: a template of what a node leaves is just that."""
    left = isinstance(value, Template) and is_reference(value.value)
    return value.value if left else value


def elements(value: Any) -> list[Any]:
    """What is mapped over, of a dict its items; those of a template are templates."""
    if isinstance(value, Template):
        return [Template(one) for one in elements(value.value)]
    found = value_of(value)
    return list(found.items()) if isinstance(found, dict) else list(found or ())


def fresh(value: Any) -> Any:
    """A value that is no other object, since what is not rendered is told by that."""
    return f"{value} "[:-1] if type(value) is str else copy.copy(value)


def check_mappable(result: Any) -> None:
    """Fail the task that others are mapped over if they cannot be over this."""
    if result is None:
        raise XComForMappingNotPushed("did not push XCom for task mapping")
    if not is_mappable(result):
        kind = type(result).__qualname__
        raise UnmappableXComTypePushed(f"unmappable return type {kind!r}")
    if len(result) > MAX_LENGTH:
        length = f"{len(result)} > {MAX_LENGTH}"
        raise UnmappableXComLengthPushed(f"unmappable return value length: {length}")


class Mapped(Node):
    """A node with a task run for each of the things that it is mapped over."""

    is_mapped = True
    over: Product | ListOfDicts

    def map_over(self, over: Product | ListOfDicts) -> None:
        """Take what it is mapped over; others must leave what can be mapped over."""
        self.over = over
        # The arguments of each run, once they are known.
        self.each: list[dict[str, Any]] = []
        for source in over.sources():
            if not source.is_mapped:
                source.checks.append(check_mappable)

    def submit(self, run: TaskRun) -> TaskRun:
        """Start one run."""
        raise NotImplementedError

    def allowed(self, run: TaskRun) -> Any:
        """The Prefect task that a run would have been, with its options."""
        raise NotImplementedError

    def verdict(self, states: list[Upstream]) -> str | None:
        """As its rule says, but never without what it is mapped over."""
        verdict = super().verdict(states)
        sources = self.over.sources()
        found = {r.outcome for s in sources for r in s.runs if r.map_index < 0}
        if verdict != UPSTREAM_FAILED and {FAILED, UPSTREAM_FAILED} & found:
            return UPSTREAM_FAILED
        if verdict == RUN and SKIPPED in found:
            return SKIPPED
        waits = verdict == RUN and any(source.outcome is None for source in sources)
        return None if waits else verdict

    def start(self) -> list[TaskRun]:
        """A run for each; one that is skipped where there is nothing."""
        try:
            self.each = self.over.resolve()
        except Exception as error:  # noqa: BLE001
            return [self._failing(error)]
        if not self.each:
            return self.stand_in(SKIPPED)
        return [self.submit(self._run(index)) for index in range(len(self.each))]

    def stand_in(self, outcome: str) -> list[TaskRun]:
        """Runs that do nothing: as many as are known without other tasks."""
        known = [] if self.over.sources() else self.over.resolve()
        indexes = range(len(known)) if known else [-1]
        runs = [TaskRun(self, at) for at in indexes]
        return [stand_in(run, outcome, self.allowed(run)) for run in runs]

    def _run(self, index: int) -> TaskRun:
        run = TaskRun(self, index)
        run.kept = self.over.kept(self.each[index])
        return run

    def _failing(self, error: Exception) -> TaskRun:
        run = TaskRun(self)
        body: Any = skipped.with_options(name=self.task_id)
        body.fn = raising(error)
        run.future = body.submit()
        return run
