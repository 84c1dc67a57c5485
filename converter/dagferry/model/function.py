"""The functions that tasks run: what they take from Airflow's context and what they push and pull."""

from __future__ import annotations

from dataclasses import dataclass

from dagferry.model.parameters import Parameter
from dagferry.model.task import Refusal
from dagferry.model.values import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """A `ti.xcom_pull` whose tasks and key are known.

    `many` says that `task_ids` was a list (the pull gives a list); no task ids at all means every
    direct upstream task. `statement` is the whole statement when all it does is to name the value.
    """

    span: Span
    task_ids: tuple[str, ...]
    many: bool
    key: str
    assigned: str | None = None
    statement: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """A `ti.xcom_push` with a known key that happens exactly once, as a statement of the body.

    `settled` says that what is pushed is not touched again, so that it may be returned at the end.
    """

    statement: Span
    key: str
    value: Span
    name: str | None
    last: bool
    settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextRead:
    """A read of a context variable through `**kwargs`: `kwargs["ds"]`."""

    span: Span
    key: str
    assigned: str | None = None
    statement: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line of the body and what stands there, in words."""

    line: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function of the folder that a task runs.

    `context_keys` are the names of the context that the body uses as keys of its `**kwargs`, `lacking`
    what it asks of the context's objects and a flow's do not have (`ti.hostname`).
    `changing_keys` is the line of a result with keys that Airflow turns into strings, `exits` that
    of a `sys.exit()`; `generates`: its own body yields. `unserializable` is a result that Airflow cannot
    store, `unsplittable` one whose keys are no strings; `splits`: every result is shown to have them.
    `changed` are names of what the body changes in place. `airflow_names` are the qualified names of
    Airflow's that it reaches, through other functions of its module too. `decorator` is the `@task`
    of TaskFlow functions; `refused` says why one has no conversion. `opaque` is the reason why the
    function's use of the context cannot be followed (None when it can): its body then keeps the
    context.
    """

    name: str
    span: Span
    definition: Span
    signature: Span
    body: Span
    parameters: tuple[Parameter, ...]
    context_parameters: tuple[str, ...] = ()
    aliases: tuple[Span, ...] = ()
    pulls: tuple[Pull, ...] = ()
    pushes: tuple[Push, ...] = ()
    reads: tuple[ContextRead, ...] = ()
    context_keys: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    returns_value: bool = False
    changing_keys: int | None = None
    exits: int | None = None
    generates: bool = False
    is_async: bool = False
    unserializable: Place | None = None
    unsplittable: Place | None = None
    splits: bool = False
    opaque: str | None = None
    uses_context: bool = False
    may_skip: bool = False
    called_directly: bool = False
    decorator: Span | None = None
    refused: Refusal | None = None
    local_names: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    airflow_names: tuple[str, ...] = ()
