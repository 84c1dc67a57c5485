"""`outlet_events` and `inlet_events` of the context, and the events that a task leaves.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/assets.html#fetching-information-from-triggering-asset-events
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from daglight.asset_names import asset_named, resolved
from daglight.assets import Asset, AssetAlias, Metadata, assets_in
from daglight.events import AssetChanged
from daglight.scope import scope

if TYPE_CHECKING:
    from daglight.events import Sink
    from daglight.instance import TaskInstance

__all__ = ["InletEvents", "OutletEvents", "drained", "report_assets"]


_LONGEST_KEY = 250


@dataclass
class OutletEvent:
    """What a task says about one asset that it writes."""

    key: Any
    extra: dict[str, Any] = field(default_factory=dict)
    added: list[tuple[Asset, dict[str, Any]]] = field(default_factory=list)
    partition_keys: set[str] = field(default_factory=set)

    def add(self, asset: Asset | str, extra: dict[str, Any] | None = None) -> None:
        """Say that the alias stands for this asset too."""
        if isinstance(self.key, AssetAlias):
            self.added.append((asset if isinstance(asset, Asset) else Asset(asset), extra or {}))

    def add_partitions(self, keys: str | list[str]) -> None:
        """Say which partitions of the asset were written; observed in Airflow 3.3.2."""
        if isinstance(self.key, AssetAlias):
            raise TypeError(
                "add_partitions() is not supported on asset alias outlet events; "
                "partition keys can only be attached to a concrete asset."
            )
        given = [keys] if isinstance(keys, str) else keys
        for key in given:
            if not key.strip():
                raise ValueError(
                    f"partition_key must not be empty or whitespace-only; got {key!r}."
                )
            if len(key) > _LONGEST_KEY:
                raise ValueError(
                    f"partition_key must be at most {_LONGEST_KEY} characters; got {len(key)}."
                )
        self.partition_keys.update(given)


class OutletEvents(Mapping[Any, OutletEvent]):
    """Asset or alias -> what the task says about it; made when first asked for."""

    def __init__(self) -> None:
        self._events: dict[Any, OutletEvent] = {}

    def __getitem__(self, key: Any) -> OutletEvent:
        if isinstance(key, str) and not scope.airflow_3:
            key = Asset(key)
        if not isinstance(key, (Asset, AssetAlias)):
            raise TypeError(f"Key should be either an asset or an asset alias, not {type(key)}")
        return self._events.setdefault(key, OutletEvent(key))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._events)

    def __len__(self) -> int:
        return len(self._events)


@dataclass(frozen=True)
class AssetEvent:
    """One asset was written by one task of this run."""

    uri: str
    extra: dict[str, Any]
    source_task_id: str
    source_dag_id: str
    source_run_id: str
    source_map_index: int


class InletEventsAccessor(list[AssetEvent]):
    """The events of one asset; its name is what templates say of it."""

    asset: Any = None

    def __repr__(self) -> str:
        alias = isinstance(self.asset, AssetAlias)
        name = None if alias else self.asset.name
        uri, of_alias = (None, self.asset.name) if alias else (self.asset.uri, None)
        return (
            "InletEventsAccessor(_after=None, _before=None, _ascending=True, _limit=None, "
            f"_asset_name={name!r}, _asset_uri={uri!r}, _alias_name={of_alias!r})"
        )


InletEventsAccessor.__module__ = "airflow.sdk.execution_time.context"


class InletEvents(Mapping[Any, Any]):
    """Asset -> its events, oldest first: those of this run, since there is no other."""

    def __init__(self, inlets: Any, events: list[AssetEvent]) -> None:
        self._inlets = list(resolved(inlets)) if inlets is not None else []
        self._events = events

    def __getitem__(self, key: Any) -> list[AssetEvent]:
        if isinstance(key, int):
            key = self._inlets[key]
        if key not in self._inlets:
            raise KeyError(key)
        found = [event for event in self._events if event.uri == getattr(key, "uri", None)]
        if not scope.airflow_3:
            return found
        shown = InletEventsAccessor(found)
        shown.asset = key
        return shown

    def for_asset(self, *, name: str | None = None, uri: str | None = None) -> list[AssetEvent]:
        """The events of the asset of that name or address."""
        return self[asset_named(name or "", uri or "")]

    def for_asset_alias(self, *, name: str) -> list[AssetEvent]:
        """The events of the alias."""
        return self[AssetAlias(name)]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._inlets)

    def __len__(self) -> int:
        return len(self._inlets)


def drained(result: Any, context: dict[str, Any]) -> Any:
    """The value of a body; one that yields `Metadata` is run through, and gives its return value."""
    events = context["outlet_events"]
    while True:
        try:
            said = next(result)
        except StopIteration as end:
            return end.value
        if isinstance(said, Metadata):
            events[said.asset].extra.update(said.extra)
            if said.alias:
                events[AssetAlias(said.alias)].add(said.asset, said.extra)


def report_assets(ti: TaskInstance, context: dict[str, Any], sink: Sink) -> None:
    """Tell of every asset that a task which succeeded wrote.

    Airflow 2.11.2 also stores inlets and outlets as XComs (observed).
    """
    task: Any = ti.task
    if not task.inlets and not task.outlets:
        return
    inlets = list(assets_in(task.inlets))
    outlets = list(assets_in(task.outlets))
    for name, found in (("pipeline_inlets", inlets), ("pipeline_outlets", outlets)):
        if found and not scope.airflow_3:
            ti.xcom_push(name, found)
    for uri, extra in _events(outlets, context["outlet_events"]):
        where = (ti.task_id, ti.dag_id, ti.run_id, ti.map_index)
        ti.record.asset_events.append(AssetEvent(uri, extra, *where))
        sink(AssetChanged(ti.task_id, uri, extra))


def _events(outlets: list[Any], events: OutletEvents) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in outlets:
        if isinstance(one, Asset):
            yield one.uri, dict(events[one].extra)
        else:
            yield from ((asset.uri, extra) for asset, extra in events[one].added)
