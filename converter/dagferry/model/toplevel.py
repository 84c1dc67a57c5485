"""The statement ledger of a module's top level, and its imports."""

from __future__ import annotations

from dataclasses import dataclass

from dagferry.model.values import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class TopStatement:
    """A statement of the top level.

    `kind`: `docstring` | `future` | `import` | `definition` | `site` (makes a DAG) | `moved` (goes
    into a flow) | `main` (the `__main__` block) | `dag_call` (only makes a `@dag`) | `kept`.
    `site` is the position of the DAG site of `site` and `moved` statements.
    """

    kind: str
    span: Span
    site: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedName:
    """One name of an import: how it is bound here, its qualified name, and how it was written."""

    local: str
    origin: str
    written: str
    airflow: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportStatement:
    """An import anywhere in the module. `head` is `import` or `from x import`.

    `alone`: its suite holds nothing but imports, so that something must stand in its place.
    """

    span: Span
    head: str
    names: tuple[ImportedName, ...]
    top: bool
    alone: bool
