"""What the parts of the machine ask of each other while code is followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from dagferry.source.abstract import (
    Abstract,
    Builder,
    GroupValue,
    LooseTask,
    Scope,
    Table,
)
from dagferry.source.given_arguments import Given
from dagferry.source.project import ParsedModule, SourceProject
from dagferry.source.suite_ends import Result
from dagferry.syntax import grammar


class Follower(Protocol):
    """The state of one reading of a folder, and the ways to go on with it: `machine.Machine`.

    `current` are the open DAGs, `path` the statements that are being followed, `uncertain` counts the
    open branches that only a run decides, `depth` the open calls, `steps` what may still be followed.
    """

    project: SourceProject
    dags: list[tuple[str, Builder]]
    current: list[Builder]
    uncertain: int
    depth: int
    steps: int
    path: list[grammar.Statement]
    values: dict[grammar.Node, Abstract]
    site_dags: dict[grammar.Call, list[Builder]]
    site_groups: dict[grammar.Call, list[tuple[GroupValue, ...]]]
    group_calls: dict[grammar.Call, list[GroupValue]]
    site_callees: dict[grammar.Call, list[Abstract | None]]
    subscripted: set[grammar.Call]
    dag_calls: list[tuple[ParsedModule, grammar.Call]]
    asked_dags: dict[grammar.Attribute, tuple[ParsedModule, Builder]]
    unfollowed: dict[grammar.Call, Builder]
    published: dict[Builder, str]
    adopted: list[tuple[LooseTask, Builder]]
    outside_loops: dict[grammar.Expression, tuple[ParsedModule, str]]

    def run(self, module: ParsedModule) -> Scope:
        """The names of a module after its top level."""

    def execute(self, body: Sequence[grammar.Statement], scope: Scope) -> Result:
        """Follow statements."""

    def evaluate(self, node: grammar.Expression, scope: Scope) -> Abstract:
        """What an expression is."""

    def call(self, node: grammar.Call, scope: Scope) -> Abstract:
        """What a call gives."""

    def traced(
        self, names: Iterable[str], callee: Abstract, node: grammar.Call, given: Given, scope: Scope
    ) -> Abstract | None:
        """What the construct that claims one of the names says of a call."""

    def dag_arguments(self, node: grammar.Call, scope: Scope) -> Table:
        """The arguments of `@dag(...)` by their names."""

    def imported(self, origin: str) -> Abstract:
        """What a qualified name stands for."""

    def open_dag(self, builder: Builder) -> None:
        """Take note of a DAG that was made."""

    def doubt(self) -> None:
        """Something happened that reading cannot follow."""
