"""Writes tasks: the Prefect task with its options, and the arguments of its call."""

from __future__ import annotations

from dataclasses import replace

from dagferry.build.layout import Room, lay_out
from dagferry.build.names import fresh, identifier
from dagferry.build.nodes import Dotted, Invoke, Named, Node, Raw, Starred, literal
from dagferry.constructs._base import Form
from dagferry.constructs._registry import constructs
from dagferry.emission.places import Places
from dagferry.emission.requests import Requests
from dagferry.emission.stubs import stub_body
from dagferry.emission.task_options import class_options, prefect_options
from dagferry.emission.values import ValueWriter
from dagferry.model.function import Function
from dagferry.model.project import Module
from dagferry.model.task import Argument, FunctionKey, Task
from dagferry.model.values import Code, Const, Value
from dagferry.plan.model_index import ModelIndex
from dagferry.plan.project import ProjectPlan
from dagferry.syntax import make
from dagferry.syntax import nodes as cst


class TaskWriter(ValueWriter):
    """The expressions of one module's tasks. `in_graph` says whether a TaskGraph runs them."""

    def __init__(
        self,
        module: Module,
        plan: ProjectPlan,
        index: ModelIndex,
        places: Places,
        requests: Requests,
    ) -> None:
        super().__init__(module, places, requests)
        self.module = module
        self.plan = plan
        self.index = index
        self.taken: set[str] = set()
        self.definitions: dict[str, cst.Statement] = {}
        self.defined: set[str] = set()
        self._defined_names: dict[str, str] = {}
        self.settled: set[int] = set()
        # What helpers need is defined behind the imports, where the names of options are not yet.
        self.above_all = False
        self.flow_bound: frozenset[str] = frozenset()

    def form(self, task: Task, *, name: Value | None = None) -> Form:
        """The task as its construct emits it, options and name included."""
        form = (
            self._stub(task)
            if task.refusal is not None
            else constructs()[task.construct].emit(task, self)
        )
        for module, imported in form.imports:
            self.requests.name(module, imported)
        if form.by_class:
            return form
        return replace(
            form, task=self._optioned(task, form, name if name is not None else task.name)
        )

    # What constructs ask for.

    def function(self, key: FunctionKey) -> Function | None:
        """A function of the folder."""
        return self.index.function(key)

    def body(self, task: Task) -> tuple[Node, str | None]:
        """The Prefect task of a task that runs a function, and its own name if it has one."""
        assert task.body is not None
        named = self.code(task.body.span)
        if task.function is not None:
            plan = self.plan.functions.get((task.function.module, task.function.name))
            if plan is not None and plan.decorate:
                # What stands in a function has its name there and nowhere else.
                inside = "." in task.function.name
                return named if inside else self._aliased(named), self._own_name(task)
        function = self.index.function(task.function)
        if function is not None and function.may_skip:
            named = Invoke(Raw(self.requests.helper("skips")), (named,))
        return Invoke(self._task_word(), (named,)), None

    def callable(self, task: Task) -> Node:
        """The function that a task runs, as it is and no Prefect task."""
        assert task.body is not None
        named = self.code(task.body.span)
        inside = task.function is not None and "." in task.function.name
        return named if inside else self._aliased(named, "function")

    def identity(self, task: Task) -> list[Node]:
        """The `task_id` that a class of the helper is given."""
        return [] if task.name is None else [Named("task_id", self.value(task.name))]

    def for_class(self, task: Task) -> list[Node]:
        """The options of a task as a class of the helper takes them."""
        return class_options(task.options, self)

    def _task_word(self) -> Raw:
        return Raw(self.requests.name("prefect", "task"))

    def _aliased(self, named: Node, kind: str = "task") -> Node:
        """A function whose name the flow binds to something else goes by another name in it."""
        if not isinstance(named, Raw) or named.text not in self.flow_bound:
            return named
        alias = fresh(f"{named.text}_{kind}", self.taken)
        self.definitions.setdefault(
            f"alias:{alias}", make.assigned(alias, make.expression(named.text))
        )
        return Raw(alias)

    def _own_name(self, task: Task) -> str:
        assert task.function is not None
        if self.carried(task):
            assert isinstance(task.name, Const)
            return str(task.name.value)
        return task.function.name.rpartition(".")[2]

    def carried(self, task: Task) -> bool:
        """Whether the function's decorator carries the name and the options of this task."""
        if task.function is None:
            return False
        plan = self.plan.functions.get((task.function.module, task.function.name))
        return plan is not None and plan.task is not None and plan.decorate

    def arguments(self, task: Task) -> tuple[Node, ...]:
        """The arguments that the DAG gives explicitly."""
        return tuple(self._argument(argument, task) for argument in task.arguments)

    def _argument(self, argument: Argument, task: Task) -> Node:
        node = self.value(argument.value)
        if argument.stars:
            if isinstance(argument.value, Code) and not task.taskflow:
                # It may be a task, whose result can only be spread when there is one.
                node = Invoke(Raw(self.requests.helper("template")), (node,))
            return Starred(argument.stars, node)
        return Named(argument.name, node) if argument.name else node

    def helper(self, name: str) -> Node:
        """A name of the helper module."""
        return Raw(self.requests.helper(name))

    def empty_task(self, task: Task) -> tuple[Node, str | None]:
        """A Prefect task that does nothing, under the task's name where that is known."""
        wanted = identifier(str(task.name.value)) if isinstance(task.name, Const) else "empty"
        doc = make.expression('"""Marks a place in the graph and does nothing."""')
        return self._defined(task, wanted, [make.line(cst.Expr(doc))])

    def _defined(
        self, task: Task, wanted: str, body: list[cst.Statement]
    ) -> tuple[Node, str | None]:
        """A task of its own that is defined above the flow, once for each call."""
        shared = task.refusal is None and not isinstance(task.name, Const)
        key = f"shared:{wanted}" if shared else f"{task.span.start}:{wanted}"
        if key not in self.definitions:
            name = fresh(wanted, self.taken, "task")
            self.taken.add(name)
            self.defined.add(name)
            fixed = isinstance(task.name, Const)
            options: list[Node] = []
            if fixed and not (self.above_all and task.options.codes):
                options = self.option_nodes(task)
                self.settled.add(task.span.start)
            if isinstance(task.name, Const) and task.name.value != name:
                options = [Named("name", literal(task.name.value)), *options]
            takes_nothing = not task.arguments and task.refusal is None
            self.definitions[key] = make.function(
                name,
                cst.Parameters() if takes_nothing else make.anything(),
                body,
                decorator=self.decorator(options if fixed else []),
            )
            self._defined_names[key] = name
        name = self._defined_names[key]
        own = str(task.name.value) if isinstance(task.name, Const) else None
        return Raw(name), own

    def decorator(self, options: list[Node]) -> cst.BaseExpression:
        """`@task` with options."""
        word = self._task_word()
        node: Node = Invoke(word, tuple(options)) if options else word
        return lay_out(node, Room(before=1))

    def _stub(self, task: Task) -> Form:
        assert task.refusal is not None
        given = tuple(self.value(argument.value) for argument in task.arguments)
        if task.body is not None and task.function is not None:
            named = self._aliased(self.code(task.body.span))
            return Form(task=named, own_name=self._own_name(task), arguments=given)
        known = str(task.name.value) if isinstance(task.name, Const) else None
        body = stub_body(
            "this task" if known is None else known, task.refusal, self.places.source(task.span)
        )
        wanted = identifier(known) if known is not None else "stub"
        node, own = self._defined(task, wanted, body)
        return Form(task=node, own_name=own, arguments=given)

    # Options.

    def _optioned(self, task: Task, form: Form, name: Value | None) -> Node:
        final = self._may_be_final(task)
        options = [] if self._settled(task) else prefect_options(task.options, self, final=final)
        named = isinstance(name, Const) and name.value == form.own_name
        if name is not None and not named:
            options = [Named("name", self.value(name)), *options]
        if not options:
            return form.task
        if isinstance(form.task, Invoke) and form.task.function == self._task_word():
            return Invoke(form.task.function, (*form.task.arguments, *options))
        return Invoke(Dotted(form.task, "with_options"), tuple(options))

    def _may_be_final(self, task: Task) -> bool:
        """Whether the body may raise what Airflow never tries again (AirflowFailException)."""
        function = self.index.function(task.function)
        return function is not None and function.may_skip

    def _settled(self, task: Task) -> bool:
        """Whether the options already stand at the definition."""
        return self.carried(task) or task.span.start in self.settled

    def option_nodes(self, task: Task) -> list[Node]:
        """The options of a task as keyword arguments of a decorator."""
        self.spell_out = True
        nodes = prefect_options(task.options, self, final=self._may_be_final(task))
        self.spell_out = False
        return nodes
