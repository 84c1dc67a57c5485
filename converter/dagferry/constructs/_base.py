"""What a construct file offers: the names it claims, `lower`, `emit`, and its cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, TypeVar

from dagferry import messages
from dagferry.build.nodes import Node
from dagferry.errors import Impossible
from dagferry.findings import Finding
from dagferry.model.function import Function
from dagferry.model.task import FunctionKey, Options, Task
from dagferry.model.values import Value
from dagferry.source.abstract import Abstract
from dagferry.source.arguments import Arguments
from dagferry.source.constants import Located
from dagferry.source.tracing import TracedCall
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, stores

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A before/after pair. `after` None means that the file is left alone."""

    name: str
    before: str
    after: str | None = None
    findings: tuple[str, ...] = ()
    grade: str | None = None
    run: bool = True


@dataclass(slots=True)
class Call:
    """A call that makes a task, as `lower` sees it.

    `origin` is the claimed name that it was found by, `callee` what is called as following the code told.
    """

    node: grammar.Call
    arguments: Arguments
    function_of: Callable[[Located], FunctionKey | None]
    name: Value | None
    findings: list[Finding] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)
    task_function: FunctionKey | None = None
    origin: str = ""
    callee: Abstract | None = None
    returns_mapping: bool | None = False
    ignored: list[str] = field(default_factory=list)
    of_new_form: list[Finding] = field(default_factory=list)

    def is_bound(self, name: str) -> bool:
        """Whether the module binds a name itself."""
        tree = self.arguments.module.tree
        defined = below(tree, grammar.FunctionDef, grammar.ClassDef)
        return (
            any(node.name == name for node in defined)
            or any(node.id == name for node in stores(tree))
            or any(node.arg == name for node in below(tree, grammar.Parameter))
        )

    def tell(self, kind: str, **subjects: Any) -> None:
        """Add a finding of a kind: the task is converted, and somebody should know something of it."""
        self.findings.append(messages.found(kind, **subjects))

    def refuse(self, code: str, subject: str, cause: str = "") -> None:
        """Take note that the call has no conversion, and why; the reading goes on."""
        self.refusals.append(Refused(code, subject, cause))

    def leave_to_run(self, code: str, subject: str, cause: str = "") -> None:
        """Take note that only a run can read something of the call."""
        self.refusals.append(Unread(code, subject, cause))

    def attempt(self, read: Callable[[], T], otherwise: T) -> T:
        """What a reader gives. A refusal is noted, so that all that stands in the way is told."""
        try:
            return read()
        except Refused as refused:
            self.refusals.append(refused)
            return otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a task becomes: the Prefect task, the name it has by itself, and its arguments.

    `imports` are (module, name) pairs that it needs. Where the flow builds a graph, `method` is the graph's
    that takes the task, and `kind` gives what it takes in place of the task: `branch(task)`. `taker` is
    something else that takes it, `then` are methods that are called on what that gives, with their
    arguments. `by_class`: the task is a class of the helper, which makes the node by itself and takes
    Airflow's arguments.
    """

    task: Node
    own_name: str | None
    arguments: tuple[Node, ...]
    imports: tuple[tuple[str, str], ...] = ()
    method: str = "add"
    kind: Callable[[Node], Node] | None = None
    by_class: bool = False
    taker: Node | None = None
    then: tuple[tuple[str, tuple[Node, ...]], ...] = ()


class Emitter(Protocol):
    """What `emit` may ask of the file that is being written."""

    def value(self, value: Value) -> Node:
        """A value as an expression."""

    def body(self, task: Task) -> tuple[Node, str | None]:
        """The Prefect task of a task that runs a function, and its own name if it has one."""

    def arguments(self, task: Task) -> tuple[Node, ...]:
        """The arguments of a task that runs a function, those that XComs became among them."""

    def callable(self, task: Task) -> Node:
        """The function that a task runs, as it is and no Prefect task."""

    def unrendered(self, value: Value) -> Node:
        """A value as the DAG has it, for what renders its templates itself."""

    def helper(self, name: str) -> Node:
        """A name of the helper module."""

    def empty_task(self, task: Task) -> tuple[Node, str | None]:
        """A Prefect task that does nothing, under the task's name where that is known."""

    def function(self, key: FunctionKey) -> Function | None:
        """A function of the folder."""


class Construct:
    """One Airflow feature. Subclasses live one to a file; a scan of the package finds them.

    What it claims is one of: a qualified name (`names`), the beginning of one (`prefixes`), a class of the
    folder that derives from one (`base_classes`), a method of tasks and operators with its dot (`methods`).

    `helper_class` is the class of `airflow_compat` that takes its calls where only a run can read them: they
    keep their spelling then; `by_class`: they always do.

    `grade` is the best that a task of it can have. `runs_nothing`: its task has no result. `by_version`: what
    becomes of its task depends on the major version of Airflow. `replaces` are
    names that keep their spelling and come from elsewhere in the flow. `helper_parts` are the parts of
    `airflow_compat` that its output needs.
    """

    names: ClassVar[tuple[str, ...]] = ()
    prefixes: ClassVar[tuple[str, ...]] = ()
    base_classes: ClassVar[tuple[str, ...]] = ()
    methods: ClassVar[tuple[str, ...]] = ()
    cases: ClassVar[tuple[Case, ...]] = ()
    helper_class: ClassVar[str | None] = None
    by_class: ClassVar[bool] = False
    kind: ClassVar[str] = "operator"
    grade: ClassVar[str] = "native"
    runs_nothing: ClassVar[bool] = False
    by_version: ClassVar[bool] = False
    replaces: ClassVar[dict[str, Replacement]] = {}
    helper_parts: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        module = cls.__module__
        import sys

        if not (sys.modules[module].__doc__ or "").strip():
            raise TypeError(f"{module} has no docstring: say what it becomes and why that is right")

    @property
    def name(self) -> str:
        """The construct's name: its module's."""
        return type(self).__module__.rpartition(".")[2]

    def takes(self, name: str) -> bool:  # noqa: ARG002 - for those that override it
        """Whether it claims this name, which begins as one of `prefixes`."""
        return True

    def stand_in(self, origin: str, tasks: Sequence[Task]) -> Node | None:  # noqa: ARG002 - likewise
        """What stands for a claimed name that calls keep; `tasks` are those of its module.

        The expression calls a name of the helper. None: a name that raises when it is used.
        """
        return None

    def trace(self, call: TracedCall) -> Abstract | None:  # noqa: ARG002 - for those that override it
        """What the call does to the graph. None: it makes a task if it has a `task_id`."""
        return None

    def lower(self, call: Call) -> Task:
        """The call as a task of the model. Raises Refused when it has no conversion."""
        raise NotImplementedError

    def read(self, call: Call) -> None:
        """Take the arguments of a call that makes a group of tasks, and none itself.

        Findings and refusals are noted in the call; what has no conversion costs the DAG.
        """
        raise NotImplementedError

    def not_liftable(self, task: Task) -> str | None:  # noqa: ARG002 - for those that override it
        """Why a DAG with this task cannot be plain Prefect; None where the task is not in the way."""
        return None

    def emit(self, task: Task, out: Emitter) -> Form:
        """The task of the model as an expression."""
        raise NotImplementedError


@dataclass(frozen=True)
class Replacement:
    """A name of Airflow's that stands as it is and only comes from elsewhere in the flow."""

    module: str
    name: str
    adapted: bool = True
    of_airflow_3: str | None = None

    def named(self, version: int) -> str:
        """The name to import in place of the one of that major version of Airflow."""
        return self.of_airflow_3 if version != 2 and self.of_airflow_3 else self.name


class Refused(Exception):  # noqa: N818 - an answer: this task becomes a stub that says why
    """The call has no conversion: the finding's code and what was met."""

    def __init__(self, code: str, subject: str, cause: str = "") -> None:
        super().__init__(f"{code}: {subject}")
        self.code = code
        self.subject = subject
        self.cause = cause
        self.more: tuple[Refused, ...] = ()

    @classmethod
    def together(cls, refusals: Sequence[Refused]) -> Refused:
        """One that stands for several: the first, with the others behind it."""
        first = refusals[0]
        told = {(one.code, one.subject): one for one in refusals}
        first.more = tuple(one for one in told.values() if one is not first)
        return first


class Unread(Refused):
    """Nothing but a run can read it. Airflow's meaning may be given to it there, by a class of the helper."""


__all__ = [
    "Call",
    "Case",
    "Construct",
    "Emitter",
    "Form",
    "Options",
    "Refused",
    "Replacement",
    "Unread",
]


def templated(call: Call, found: Located, what: str) -> Value:
    """The value of a templated argument. Raises Refused, naming the reason or else `what`."""
    try:
        return call.arguments.templated(found)
    except Impossible as reason:
        kind = Refused if str(reason) else Unread
        raise kind("DF303", str(reason) or what) from None
