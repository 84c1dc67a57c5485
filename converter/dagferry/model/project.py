"""The folder: its modules, and what each of them says."""

from __future__ import annotations

from dataclasses import dataclass

from dagferry.model.dag import Dag, DagSite
from dagferry.model.function import Function
from dagferry.model.task import Task
from dagferry.model.toplevel import ImportStatement, TopStatement
from dagferry.model.values import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """An expression of the top level that makes something of Airflow's that has no conversion."""

    span: Span
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """An annotation that goes, and the text in its place."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A file of the folder. `name` is dotted, `path` relative to the folder with `/`.

    `dag_calls` are calls of `@dag` functions (they make the DAG, and must not run the flow);
    `leftovers` are names of Airflow's that the code uses and that have no conversion; `stand_ins` are
    what the top level makes of such names; `dotted` are names that have a replacement and are written
    through a module (`errors.AirflowException`); `broken` says which use of a name keeps the module
    from being imported; `dag_ids` are the attributes `dag_id` of DAGs,
    `plain` the attributes `function` of `@task` functions. `annotations` are those that name what a
    flow does not have: with what introduces them, and what stands there instead.
    `top_names` are the names that its top level binds and keeps, `bound_names`
    those that are bound where flows and their helpers stand, `top_bound` what the top level binds by
    anything but an import.
    """

    path: str
    name: str
    text: str
    tasks: tuple[Task, ...] = ()
    sites: tuple[DagSite, ...] = ()
    dags: tuple[Dag, ...] = ()
    functions: tuple[Function, ...] = ()
    statements: tuple[TopStatement, ...] = ()
    imports: tuple[ImportStatement, ...] = ()
    dag_calls: tuple[Span, ...] = ()
    leftovers: tuple[str, ...] = ()
    top_names: tuple[str, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    dotted: tuple[StandIn, ...] = ()
    broken: str | None = None
    dag_ids: tuple[Span, ...] = ()
    plain: tuple[Span, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    bound_names: tuple[str, ...] = ()
    top_bound: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """All modules of the folder that touch Airflow, in the order of their paths.

    `roots` are the names by which the folder's own modules and packages are imported.
    """

    modules: tuple[Module, ...]
    roots: tuple[str, ...] = ()


def airflow_version(module: Module) -> int:
    """Airflow's major version that the DAGs of a module are for; 2 where it has none."""
    return max((site.airflow_version for site in module.sites), default=2)
