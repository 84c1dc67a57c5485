"""What an expression of DAG-building code can be, as far as reading tells."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar


@dataclass(frozen=True)
class Known:
    """A constant, a date, a duration: plain data that reading settles."""

    value: Any


@dataclass(frozen=True)
class Unknown:
    """Something that only a run knows; `text` is how the code spells it."""

    text: str


@dataclass(frozen=True)
class Moment:
    """A date in a time zone that reading settles (`pendulum.today("Asia/Seoul")`).

    `moment` is the date itself where that is settled too, `aware` whether it has a zone of its own.
    """

    zone: str
    text: str
    moment: datetime.datetime | None = None
    aware: bool = True


@dataclass(frozen=True)
class Zone:
    """A time zone, by its name."""

    name: str


@dataclass(frozen=True, eq=False)
class Origin:
    """Where a value is spelled, and the scope that its names mean something in."""

    node: grammar.Expression
    scope: Scope


@dataclass(frozen=True)
class Pattern:
    """Text of which some parts are unknown: `copy_{table}`, braces of its own doubled."""

    text: str


@dataclass
class Items:
    """A list, tuple or set. `exact` is False when there may be other items.

    `born` is how many unsettled branches were open when it was made: what a deeper one changes,
    only a run knows.
    """

    items: list[Abstract]
    exact: bool = True
    born: int | None = field(default=None, compare=False)


@dataclass
class Table:
    """A dict with known keys. `exact` is False when there may be other keys.

    `origins` has where the value of a key is spelled, `born` is as in `Items`.
    """

    items: dict[Any, Abstract]
    exact: bool = True
    origins: dict[Any, Origin] = field(default_factory=dict, compare=False)
    born: int | None = field(default=None, compare=False)


@dataclass(eq=False)
class Builder:
    """A DAG in the making. `site` is the call or function that makes it, `groups` are the open ones."""

    module: ParsedModule
    site: grammar.Node
    dag_id: str
    family: bool
    nodes: list[MadeTask] = field(default_factory=list)
    edges: dict[tuple[int, int], bool] = field(default_factory=dict)
    exact: bool = True
    groups: list[GroupValue] = field(default_factory=list)
    all_groups: list[GroupValue] = field(default_factory=list)
    arguments: Table | None = None
    scope: Scope | None = None


@dataclass(eq=False)
class MadeTask:
    """A task that a call made: where the call is, and the id it got."""

    module: ParsedModule
    call: grammar.Call
    task_id: str
    family: bool
    conditional: bool = False


@dataclass(frozen=True)
class TaskValue:
    """A task of a DAG, or its output."""

    builder: Builder
    index: int


@dataclass(eq=False)
class LooseTask:
    """A task that was made outside of a DAG: an edge to a task of a DAG puts it into that DAG.

    `path` are the statements that were being followed when it was made, `task` what it is in its
    DAG. https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html: a DAG's
    default arguments do not hold for it.
    """

    made: MadeTask
    path: tuple[grammar.Statement, ...]
    task: TaskValue | None = None


@dataclass(eq=False)
class GroupValue:
    """Tasks of a DAG that stand together: positions of what is made while the group is open.

    `prefix` stands before the names of its tasks, with `family` a pattern. `default_args` are what
    its tasks take over those of the DAG, `origin` is the qualified name of what made it, `outer` are
    the groups around it.
    """

    builder: Builder
    origin: str
    group_id: str
    prefix: str = ""
    family: bool = False
    outer: tuple[GroupValue, ...] = ()
    default_args: tuple[Origin, Abstract] | None = None
    indexes: list[int] = field(default_factory=list)

    def child_id(self, name: str) -> str:
        """The id of a task or group of that name in here."""
        return f"{self.prefix}.{name}" if self.prefix else name


@dataclass(frozen=True)
class DagValue:
    """A DAG."""

    builder: Builder


@dataclass(frozen=True)
class External:
    """A name that is imported from outside the folder (`airflow.DAG`)."""

    name: str


@dataclass(frozen=True)
class FunctionValue:
    """A function of the folder, with the scope it was defined in; `task_id` as `.override` set it.

    `overrides` counts the calls of `.override` that led to it; `arguments` are those of its `@dag(...)`
    when it was defined.
    """

    node: grammar.FunctionDef | grammar.AsyncFunctionDef | grammar.Lambda
    module: ParsedModule
    scope: Scope
    task_id: Abstract | None = None
    overrides: int = 0
    arguments: Table | None = None


@dataclass(frozen=True, eq=False)
class Partial:
    """Something that makes tasks, with some of its arguments: `operator.partial(...)`.

    `call` gave the arguments; None where none were given yet. `plain` is False when there may be others.
    """

    callee: Abstract
    call: grammar.Call | None = None
    named: Mapping[str, Abstract] = field(default_factory=dict)
    plain: bool = True


@dataclass(frozen=True)
class ClassValue:
    """A class of the folder; `names` are what its body binds, as far as following it tells.

    They are empty for a class whose attributes may be something else than what its body says.
    """

    node: grammar.ClassDef
    module: ParsedModule
    names: dict[str, Abstract] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class ModuleValue:
    """A module of the folder."""

    module: ParsedModule


@dataclass(frozen=True)
class Method:
    """An attribute of a value that may be called: `tasks.append`, `task.set_upstream`."""

    owner: Abstract
    name: str


@dataclass(eq=False)
class Scope:
    """Names and their values; looked up outwards."""

    module: ParsedModule
    names: dict[str, Abstract] = field(default_factory=dict)
    outer: Scope | None = None
    elsewhere: dict[str, Scope] = field(default_factory=dict)

    def bind(self, name: str, value: Abstract) -> None:
        """Give a name its value, in the scope that a `global` or `nonlocal` statement says."""
        self.elsewhere.get(name, self).names[name] = value

    def chain(self) -> Iterator[Scope]:
        """The scope and those around it."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer

    def lookup(self, name: str) -> Abstract | None:
        """The value of a name, or None when no scope has it."""
        for scope in self.chain():
            if name in scope.names:
                return scope.names[name]
        return None


Abstract = (
    Known
    | Unknown
    | Moment
    | Zone
    | Pattern
    | Items
    | Table
    | TaskValue
    | LooseTask
    | GroupValue
    | DagValue
    | External
    | FunctionValue
    | Partial
    | ClassValue
    | ModuleValue
    | Method
)


def tasks_in(value: Abstract) -> Iterator[TaskValue | GroupValue]:
    """Every task in a value, at any depth of lists and dicts."""
    if isinstance(value, (TaskValue, GroupValue)):
        yield value
    elif isinstance(value, LooseTask):
        yield from [value.task] if value.task is not None else []
    elif isinstance(value, Items):
        for item in value.items:
            yield from tasks_in(item)
    elif isinstance(value, Table):
        for item in value.items.values():
            yield from tasks_in(item)


def as_text(value: Abstract) -> Pattern:
    """The value as a part of a string."""
    if isinstance(value, Known):
        return Pattern(str(value.value).replace("{", "{{").replace("}", "}}"))
    if isinstance(value, Pattern):
        return value
    if isinstance(value, (Unknown, Moment)):
        return Pattern("{" + value.text + "}")
    return Pattern("{...}")


def text_value(pattern: Pattern) -> Known | Pattern:
    """A pattern without unknown parts is a plain string."""
    plain = pattern.text.replace("{{", "").replace("}}", "")
    if "{" in plain or "}" in plain:
        return pattern
    return Known(pattern.text.replace("{{", "{").replace("}}", "}"))


def loose_in(value: Abstract) -> Iterator[LooseTask]:
    """Every task in a value that no DAG has yet."""
    if isinstance(value, LooseTask) and value.task is None:
        yield value
    elif isinstance(value, Items):
        for item in value.items:
            yield from loose_in(item)
    elif isinstance(value, Table):
        for item in value.items.values():
            yield from loose_in(item)
