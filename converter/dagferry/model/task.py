"""A place in the code that makes a task, and what it asks for."""

from __future__ import annotations

from dataclasses import dataclass, field

from dagferry.model.parameters import Parameter
from dagferry.model.values import Code, Imported, Span, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of a task's body: by position (`name` None), by name, or starred (1 `*`, 2 `**`).

    `mapped`: the task has a run for each element of the value.
    """

    value: Value
    name: str | None = None
    stars: int = 0
    mapped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What every task may ask for. Times are seconds; None means that Airflow's default holds.

    `others` are called at other times, which only a class of the helper knows.
    `keeps_result` False: what the task returns is pushed nowhere (`do_xcom_push=False`).
    """

    retries: Value | None = None
    retry_delay: Value | None = None
    timeout: Value | None = None
    on_failure: tuple[Code | Imported, ...] = ()
    on_success: tuple[Code | Imported, ...] = ()
    on_execute: tuple[Code | Imported, ...] = ()
    others: tuple[Code | Imported, ...] = ()
    trigger_rule: str = "all_success"
    keeps_result: bool = True

    @property
    def callbacks(self) -> tuple[Code | Imported, ...]:
        """What is called when something becomes of the task."""
        return (*self.on_failure, *self.on_success, *self.on_execute, *self.others)

    @property
    def codes(self) -> tuple[Code, ...]:
        """Those that are expressions of the user's."""
        values = (self.retries, self.retry_delay, self.timeout, *self.callbacks)
        return tuple(value for value in values if isinstance(value, Code))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a task or a DAG is not converted: the finding's code and what was met."""

    code: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionKey:
    """A function of the folder: the module's dotted name and the function's qualified name in it."""

    module: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A call in DAG-building code that makes one task each time it is evaluated.

    `body` is the expression that names what the task runs, `function` what that means when it is a
    function of the folder. `template_fields` pairs Airflow's name of a templated field with the
    parameter that carries it in the flow, or None where it is spread over the arguments. `taskflow`
    tasks get `__1`, `__2` behind a name that is taken. `multiple_outputs` pushes the keys of the
    dict that the body returns as well. `late_options`: they name what is bound below the function.
    `parameters` are those of the lambda that the task runs, None where it runs something else.
    `by_class`: the call keeps its spelling, and a class of the helper makes the task of it; `ignored` are
    arguments of it that this class may leave out of account, `methods` the functions of the folder that it
    runs besides.
    `variant` says which of the things it is that its construct makes.
    `undecorated`: what calls the function is no Prefect task of its own, so that it stays as it is.
    `settings` are arguments of the operator that say how it runs, by Airflow's names; `kind_arguments` are
    those of what makes its node another kind: `short_circuit(task, ...)`, `sensor(task, ...)`.
    """

    construct: str
    span: Span
    name: Value | None
    arguments: tuple[Argument, ...] = ()
    options: Options = field(default_factory=Options)
    function: FunctionKey | None = None
    body: Code | None = None
    template_fields: tuple[tuple[str, str | None], ...] = ()
    taskflow: bool = False
    may_skip: bool = False
    multiple_outputs: bool = False
    late_options: bool = False
    parameters: tuple[Parameter, ...] | None = None
    by_class: bool = False
    undecorated: bool = False
    settings: tuple[tuple[str, bool], ...] = ()
    kind_arguments: tuple[Argument, ...] = ()
    ignored: tuple[str, ...] = ()
    methods: tuple[FunctionKey, ...] = ()
    variant: str = ""
    refusal: Refusal | None = None
