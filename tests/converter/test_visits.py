"""How often reading looks at a node: it asks the index, and does not walk the tree for each question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dagferry.lowering.project import lower_project
from dagferry.source.discover import read_input
from dagferry.syntax.index import Index

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples" / "airflow_dags"
MOST = 4.0
#: Everything by which the index hands out nodes.
DOORS = ("of", "below", "loads", "stores", "named", "children", "all_below")


class Visits:
    """Counts the nodes of the trees that are built, and those that are handed out, by door."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.nodes = 0
        self.handed = Counter[str]()
        monkeypatch.setattr(Index, "__init__", self._building(Index.__init__))
        for door in DOORS:
            monkeypatch.setattr(Index, door, self._counting(door, getattr(Index, door)))

    def _building(self, build: Any) -> Any:
        def built(index: Index, *arguments: Any) -> None:
            build(index, *arguments)
            self.nodes += len(index.nodes)

        return built

    def _counting(self, door: str, ask: Any) -> Any:
        def counted(index: Index, *arguments: Any) -> list[Any]:
            found = list(ask(index, *arguments))
            self.handed[door] += len(found)
            return found

        return counted

    @property
    def for_each_node(self) -> float:
        return self.handed.total() / self.nodes


@pytest.fixture
def visits(monkeypatch: pytest.MonkeyPatch) -> Iterator[Visits]:
    return Visits(monkeypatch)


def test_a_conversion_visits_a_node_at_most_four_times(visits: Visits) -> None:
    lower_project(read_input([SAMPLES]), None)
    assert visits.nodes > 100
    assert visits.for_each_node <= MOST, visits.handed


@pytest.mark.corpus
def test_so_does_that_of_the_example_dags(visits: Visits) -> None:
    lower_project(read_input([HERE.parents[1] / ".corpus" / "airflow-2.10.5"]), None)
    assert visits.for_each_node <= MOST, visits.handed


def test_a_walk_through_the_tree_is_counted(visits: Visits) -> None:
    source = read_input([SAMPLES])
    lower_project(source, None)
    before, nodes = visits.handed.total(), visits.nodes
    lower_project(source, None)
    assert (visits.handed.total(), visits.nodes) == (2 * before, 2 * nodes)
