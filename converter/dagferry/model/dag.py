"""Where the code makes DAGs (sites), and the DAGs that come of it (with their graph)."""

from __future__ import annotations

from dataclasses import dataclass

from dagferry.model.task import Refusal
from dagferry.model.values import Code, Span, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a DAG runs: a cron line with its time zone, seconds between runs, or nothing by itself.

    `kind`: `cron` | `interval` | `none` | `once` | `code` (each DAG of a factory has its own, by the
    expression at `span`) | `lost` (there is one and it has no conversion).
    `anchor` is the start date in ISO form, for intervals.
    """

    kind: str
    cron: str | None = None
    seconds: float | None = None
    timezone: str = "UTC"
    anchor: str | None = None
    source: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParamType:
    """What a param may be: one of some Python types with limits, or one of some strings.

    A limit is an argument of pydantic's `Field` with its number.
    """

    types: tuple[str, ...]
    limits: tuple[tuple[str, float | int], ...] = ()
    choices: tuple[str, ...] = ()
    nullable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """A DAG param with its default; it becomes a parameter of the flow. Without a type it may be anything."""

    name: str
    default: Value
    type: ParamType | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentFacts:
    """What a DAG's deployment says; a DAG of a factory may have its own."""

    schedule: Schedule
    description: str | None = None
    tags: tuple[str, ...] = ()
    max_active_runs: int | None = None
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement of DAG-building code.

    `kind`: `task` | `edge` | `loop` | `if` | `call` (of a helper) | `property` (of the DAG) |
    `definition` | `return` (of the DAG) | `kept`. `tasks` are positions in the module's tasks.
    """

    kind: str
    span: Span
    target: str | None = None
    tasks: tuple[int, ...] = ()
    reads: tuple[str, ...] = ()
    body: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DagSite:
    """A place that makes a DAG each time it is evaluated; it becomes one flow.

    `form`: `with` | `variable` (`dag=dag`, or `with dag:` later) | `decorator` |
    `expression`. `span` is the statement that the flow takes the place of, `body` the statements
    that build the graph and `moved` those of them that stand behind it. `mentioned` says that
    code that stays where it is names the DAG's variable, `bound` what the body binds. `factory` says that the
    site stands in a function, which makes a flow each time it is called. `default_args` is the expression
    that tasks which keep their class take their defaults from when the flow runs. `macros` and `filters` are
    those that the DAG's templates have of its own. `idle` are assignments of
    the factory that only the DAG's own call reads.
    """

    form: str
    span: Span
    call: Span
    dag_id: Value | None
    variable: str | None
    mentioned: bool
    factory: str | None
    parameters: Span | None
    moved: tuple[Span, ...]
    returned: Span | None
    schedule: Schedule
    doc: Value | None
    timeout: float | None
    params: tuple[Param, ...]
    on_failure: tuple[Code, ...]
    on_success: tuple[Code, ...]
    macros: Code | None
    filters: Code | None
    catchup: bool
    airflow_version: int
    bound: tuple[str, ...]
    body: tuple[Statement, ...]
    default_args: Code | None = None
    idle: tuple[Span, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A task of a DAG: `task` is a position in the tasks of `module` (a path).

    With `family`, `task_id` holds `{expressions}` that only a run knows; a `conditional` one may not
    be made at all.
    """

    task_id: str
    family: bool
    conditional: bool
    module: str
    task: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Upstream before downstream, by positions in the DAG's nodes; `data` when a value travels."""

    upstream: int
    downstream: int
    data: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dag:
    """A DAG as reading sees it: `site` is a position in the sites of `module` (a path).

    `attribute` is the module's name for it, `deployment` what its deployment says. `exact` is
    False where a loop, an `if` or a call could not be followed.
    """

    dag_id: str
    family: bool
    module: str
    site: int
    attribute: str | None
    deployment: DeploymentFacts
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    exact: bool
