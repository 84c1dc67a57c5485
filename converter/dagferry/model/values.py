"""Places in a file, and the values that DAG-building code hands to operators."""

from __future__ import annotations

from dataclasses import dataclass

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a file: offsets in characters, line from 1, column from 1."""

    start: int
    end: int
    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Const:
    """A value that reading alone settles.

    `span` is the expression in this file that has the value, if there is one: a literal or a name.
    """

    value: Scalar
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """An expression of the user's that only a run can evaluate; it travels as it was written.

    `names` are the variables in it, `variable` the one that it is nothing but (`x` or `x.output`),
    `items` those that it is a list or tuple of. `entries` are variables of which it takes an entry
    (`x["key"]`), `entry_of_call` says that it takes one of what a call gives, `calls` that it calls.
    """

    span: Span
    names: tuple[str, ...] = ()
    variable: str | None = None
    items: tuple[str, ...] | None = None
    entries: tuple[str, ...] = ()
    entry_of_call: bool = False
    calls: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A value that Airflow renders with Jinja when the task runs.

    `source` is the text when reading settles it; otherwise only the expression is known. `parts` are pairs of
    a kind and a text, where it is made of nothing but `text`, `run` (a text of the run's dates) and `params`.
    `names` are what it takes from the context (None where Jinja cannot read it), `params` the params among
    it. `safe_in` are the major versions of Airflow whose every run renders it, if it has those params.
    """

    span: Span | None
    source: str | None = None
    parts: tuple[tuple[str, str], ...] | None = None
    names: tuple[str, ...] | None = None
    params: tuple[str, ...] = ()
    safe_in: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A name of another module: `module` is how this one can import from it.

    `local` is the name that it has here already, if this module imports it.
    """

    module: str
    name: str
    local: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Several numbers that reading settles."""

    values: tuple[int | float, ...]


Value = Const | Code | Template | Series | Imported
