"""Follows DAG-building code without running it: loops over known data, `if`s, helpers, factories.

What cannot be known stays unknown and marks the DAG as inexact; nothing of the user's is executed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dagferry.source.abstract import (
    Abstract,
    Builder,
    DagValue,
    External,
    GroupValue,
    Items,
    Known,
    LooseTask,
    ModuleValue,
    Scope,
    Table,
    TaskValue,
    Unknown,
    tasks_in,
)
from dagferry.source.calls import arguments_by_name, call, followed_arguments
from dagferry.source.dates import named_zone
from dagferry.source.evaluate import evaluate
from dagferry.source.execute import execute
from dagferry.source.given_arguments import Given
from dagferry.source.project import ParsedModule, SourceProject
from dagferry.source.suite_ends import Result
from dagferry.source.tracing import FindTracer, TracedCall
from dagferry.syntax import grammar

MAX_STEPS = 50_000
MAX_DEPTH = 25


class Machine:
    """The state of one reading of a folder: scopes of modules, DAGs made so far, steps left."""

    def __init__(self, project: SourceProject, tracer_of: FindTracer = lambda _: None) -> None:
        self.project = project
        self.tracer_of = tracer_of
        self.scopes: dict[str, Scope] = {}
        self.dags: list[tuple[str, Builder]] = []
        #: The same by the call or function that makes each.
        self.builders: dict[grammar.Node, list[Builder]] = {}
        self.current: list[Builder] = []
        self.running: list[str] = []
        self.uncertain = 0
        self.depth = 0
        self.steps = MAX_STEPS
        self.site_dags: dict[grammar.Call, list[Builder]] = {}
        self.site_groups: dict[grammar.Call, list[tuple[GroupValue, ...]]] = {}
        self.group_calls: dict[grammar.Call, list[GroupValue]] = {}
        self.unfollowed: dict[grammar.Call, Builder] = {}
        self.site_callees: dict[grammar.Call, list[Abstract | None]] = {}
        self.subscripted: set[grammar.Call] = set()
        self.plain: set[grammar.Expression] = set()
        self.doubtful: set[grammar.Expression] = set()
        self.values: dict[grammar.Node, Abstract] = {}
        self.dag_calls: list[tuple[ParsedModule, grammar.Call]] = []
        self.asked_dags: dict[grammar.Attribute, tuple[ParsedModule, Builder]] = {}
        self.published: dict[Builder, str] = {}
        self.path: list[grammar.Statement] = []
        self.adopted: list[tuple[LooseTask, Builder]] = []
        self.outside_loops: dict[grammar.Expression, tuple[ParsedModule, str]] = {}

    def run(self, module: ParsedModule) -> Scope:
        """The names of a module after its top level; a cycle of imports sees the names so far."""
        if module.path in self.scopes:
            return self.scopes[module.path]
        scope = Scope(module, {"__name__": Known(module.name), "__file__": Unknown("__file__")})
        self.scopes[module.path] = scope
        current, self.current = self.current, []
        self.running.append(module.path)
        self.steps = MAX_STEPS
        self.execute(module.tree.body, scope)
        for name, value in scope.names.items():
            if isinstance(value, DagValue):
                self.published.setdefault(value.builder, name)
        self.running.pop()
        self.current = current
        return scope

    def execute(self, body: Sequence[grammar.Statement], scope: Scope) -> Result:
        """Follow statements: what they return, how they leave early, or None."""
        return execute(body, scope, self)

    def evaluate(self, node: grammar.Expression, scope: Scope) -> Abstract:
        """What an expression is."""
        value = evaluate(node, scope, self)
        if isinstance(value, (Items, Table)) and value.born is None:
            value.born = self.uncertain
        (self.plain if _is_plain(value) else self.doubtful).add(node)
        if not isinstance(self.values.get(node), TaskValue):
            self.values[node] = value
        return value

    def hands_on(self, node: grammar.Node) -> bool:
        """Whether an expression stands for tasks, or for a list or dict with tasks in it."""
        return next(tasks_in(self.values.get(node, Known(None))), None) is not None

    def never_template(self, node: grammar.Expression) -> bool:
        """Whether every reading of an expression gave a plain value that Jinja would not change."""
        return node in self.plain and node not in self.doubtful

    def call(self, node: grammar.Call, scope: Scope) -> Abstract:
        """What a call gives; it may make tasks, edges and DAGs."""
        return call(node, scope, self)

    def traced(
        self, names: Iterable[str], callee: Abstract, node: grammar.Call, given: Given, scope: Scope
    ) -> Abstract | None:
        """What the construct that claims one of the names says of a call; None where none does."""
        found = self.tracer_of(names)
        if found is None:
            return None
        name, tracer = found
        return tracer.trace(TracedCall(name, callee, node, given, scope, self))

    def dag_arguments(self, node: grammar.Call, scope: Scope) -> Table:
        """The arguments of `@dag(...)` by their names."""
        return arguments_by_name(node, followed_arguments(node, scope, self), scope)

    def imported(self, origin: str) -> Abstract:
        """What a qualified name stands for: something of the folder, or something outside."""
        module = self.project.find(origin)
        if module is not None:
            return ModuleValue(module)
        found = self.project.locate(origin)
        if found is None:
            origin = self.project.resolved(origin)
            return named_zone(origin) or External(origin)
        owner, name = found
        value = self.run(owner).names.get(name)
        return value if value is not None else Unknown(name)

    def open_dag(self, builder: Builder) -> None:
        """Take note of a DAG that was made."""
        self.dags.append((self.running[-1], builder))
        self.builders.setdefault(builder.site, []).append(builder)
        if self.uncertain:
            builder.exact = False

    def doubt(self) -> None:
        """Something happened that reading cannot follow: the open DAGs are not exact any more."""
        for builder in self.current:
            builder.exact = False


def _is_plain(value: Abstract) -> bool:
    if isinstance(value, Known):
        return not isinstance(value.value, str) or not (
            "{" in value.value or value.value.endswith("\n")
        )
    return isinstance(value, TaskValue)
