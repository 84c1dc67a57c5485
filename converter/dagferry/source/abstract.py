"""What an expression of DAG-building code can be, as far as reading tells."""

from __future__ import annotations

from collections.abc import Iterator
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
class Pattern:
    """Text of which some parts are unknown: `copy_{table}`, braces of its own doubled."""

    text: str


@dataclass
class Items:
    """A list, tuple or set. `exact` is False when there may be other items."""

    items: list[Abstract]
    exact: bool = True


@dataclass
class Table:
    """A dict with known keys. `exact` is False when there may be other keys."""

    items: dict[Any, Abstract]
    exact: bool = True


@dataclass(eq=False)
class Builder:
    """A DAG in the making. `site` is the call or function that makes it."""

    module: ParsedModule
    site: grammar.Node
    dag_id: str
    family: bool
    nodes: list[MadeTask] = field(default_factory=list)
    edges: dict[tuple[int, int], bool] = field(default_factory=dict)
    exact: bool = True
    group: tuple[str, ...] = ()
    schedule: Abstract | None = None


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


@dataclass(frozen=True)
class GroupValue:
    """A task group: positions of its tasks."""

    builder: Builder
    indexes: tuple[int, ...]


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
    """A function of the folder, with the scope it was defined in; `task_id` as `.override` set it."""

    node: grammar.FunctionDef | grammar.AsyncFunctionDef | grammar.Lambda
    module: ParsedModule
    scope: Scope
    task_id: Abstract | None = None


@dataclass(frozen=True)
class ClassValue:
    """A class of the folder."""

    node: grammar.ClassDef
    module: ParsedModule


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

    def lookup(self, name: str) -> Abstract | None:
        """The value of a name, or None when no scope has it."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outer
        return None


Abstract = (
    Known
    | Unknown
    | Pattern
    | Items
    | Table
    | TaskValue
    | GroupValue
    | DagValue
    | External
    | FunctionValue
    | ClassValue
    | ModuleValue
    | Method
)


def tasks_in(value: Abstract) -> Iterator[TaskValue | GroupValue]:
    """Every task in a value, at any depth of lists and dicts."""
    if isinstance(value, (TaskValue, GroupValue)):
        yield value
    elif isinstance(value, Items):
        for item in value.items:
            yield from tasks_in(item)
    elif isinstance(value, Table):
        for item in value.items.values():
            yield from tasks_in(item)


def as_text(value: Abstract) -> Pattern:
    """The value as a part of a text."""
    if isinstance(value, Known):
        return Pattern(str(value.value).replace("{", "{{").replace("}", "}}"))
    if isinstance(value, Pattern):
        return value
    if isinstance(value, Unknown):
        return Pattern("{" + value.text + "}")
    return Pattern("{...}")


def text_value(pattern: Pattern) -> Known | Pattern:
    """A pattern without unknown parts is plain text."""
    plain = pattern.text.replace("{{", "").replace("}}", "")
    if "{" in plain or "}" in plain:
        return pattern
    return Known(pattern.text.replace("{{", "{").replace("}}", "}"))
