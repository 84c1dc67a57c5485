"""Writes tasks: the Prefect task with its options, and the arguments of its call."""

from __future__ import annotations

from dataclasses import replace

from dagferry.build.layout import Room, lay_out
from dagferry.build.names import fresh, identifier
from dagferry.build.nodes import (
    Dotted,
    Invoke,
    Listed,
    Named,
    Node,
    Raw,
    Starred,
    literal,
)
from dagferry.constructs._base import Form
from dagferry.constructs._options import AIRFLOW_RETRY_DELAY
from dagferry.constructs._registry import constructs
from dagferry.emission import templates
from dagferry.emission.places import Places, begins_with_text
from dagferry.emission.requests import Requests
from dagferry.model.function import Function
from dagferry.model.project import Module
from dagferry.model.task import Argument, FunctionKey, Options, Refusal, Task
from dagferry.model.values import Code, Const, Imported, Series, Span, Template, Value
from dagferry.plan.model_index import ModelIndex
from dagferry.plan.project import ProjectPlan
from dagferry.syntax import make
from dagferry.syntax import nodes as cst
from dagferry.syntax.write import written


class TaskWriter:
    """The expressions of one module's tasks. `in_graph` says whether a TaskGraph runs them."""

    def __init__(
        self,
        module: Module,
        plan: ProjectPlan,
        index: ModelIndex,
        places: Places,
        requests: Requests,
    ) -> None:
        self.module = module
        self.plan = plan
        self.index = index
        self.places = places
        self.requests = requests
        self.in_graph = True
        self.taken: set[str] = set()
        self.definitions: dict[str, cst.Statement] = {}
        self.renamed: dict[str, str] = {}
        self.defined: set[str] = set()
        self.settled: set[int] = set()
        # What helpers need is defined behind the imports, where the names of options are not yet.
        self.above_all = False
        # A decorator stands above constants that the flow's body may name.
        self.spell_out = False
        self.flow_bound: frozenset[str] = frozenset()
        self.params: frozenset[str] = frozenset()
        self.run = fresh("run", module.bound_names)

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

    def value(self, value: Value) -> Node:
        """A value as an expression."""
        match value:
            case Const(span=None):
                return literal(value.value)
            case Const():
                return self._constant(value)
            case Series():
                return Listed(tuple(map(literal, value.values)))
            case Template():
                return self._template(value)
            case Code():
                return self._code(value.span)
            case Imported(local=str(local)):
                return Raw(local)
            case Imported():
                return Raw(self.requests.name(value.module, value.name))

    def _constant(self, value: Const) -> Node:
        assert value.span is not None
        node = self.places.expression(value.span)
        if self.spell_out or (isinstance(value.value, str) and _is_short_text(node)):
            return literal(value.value)
        return self._own(node)

    def _template(self, value: Template) -> Node:
        node = self.places.expression(value.span) if value.span else None
        kept = literal(value.source) if node is None else self._renamed(node)
        if node is not None and value.source is not None and _is_short_text(node):
            kept = literal(value.source)
        if self.in_graph:
            return Invoke(Raw(self.requests.helper("template")), (kept,))
        assert value.source is not None
        if node is not None and not begins_with_text(node):
            return Invoke(Dotted(Raw(self.run), "render"), (kept,))
        return templates.in_flow(value, kept, self.run, self.params)

    def _code(self, span: Span) -> Node:
        return self._renamed(self.places.expression(span))

    def _own(self, node: cst.BaseExpression) -> Node:
        """An expression as the user wrote it; a name is a name."""
        if isinstance(node, cst.Name) and not self.places.changes.touches(node):
            return Raw(node.value)
        return self.places.kept(node)

    def _renamed(self, node: cst.BaseExpression) -> Node:
        """An expression with tasks under the names that the flow has for what they give."""
        found = [one for one in self.places.names(node) if one.value in self.renamed]
        if not found:
            return self._own(node)
        new: list[tuple[cst.CSTNode, cst.CSTNode]] = []
        for name in found:
            above = self.places.positions.parent(name)
            output = isinstance(above, cst.Attribute) and above.attr.value == "output"
            old = above if above is not None and output else name
            if old is node:
                return Raw(self.renamed[name.value])
            new.append((old, make.expression(self.renamed[name.value])))
        return self.places.kept(node, new)

    def function(self, key: FunctionKey) -> Function | None:
        """A function of the folder."""
        return self.index.function(key)

    def body(self, task: Task) -> tuple[Node, str | None]:
        """The Prefect task of a task that runs a function, and its own name if it has one."""
        assert task.body is not None
        named = self._code(task.body.span)
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
        named = self._code(task.body.span)
        inside = task.function is not None and "." in task.function.name
        return named if inside else self._aliased(named, "function")

    def unrendered(self, value: Value) -> Node:
        """A value as the DAG has it, for what renders its templates itself."""
        if not isinstance(value, Template):
            return self.value(value)
        return literal(value.source) if value.span is None else self._code(value.span)

    def identity(self, task: Task) -> list[Node]:
        """The `task_id` that a class of the helper is given."""
        return [] if task.name is None else [Named("task_id", self.value(task.name))]

    def for_class(self, task: Task) -> list[Node]:
        """The options of a task as a class of the helper takes them: by Airflow's names, times in seconds."""
        options = task.options
        values = {
            "retries": options.retries,
            "retry_delay": options.retry_delay,
            "execution_timeout": options.timeout,
        }
        callbacks = {
            "on_failure_callback": options.on_failure,
            "on_success_callback": options.on_success,
            "on_execute_callback": options.on_execute,
        }
        found = [Named(name, self.value(one)) for name, one in values.items() if one is not None]
        for name, listed in callbacks.items():
            if listed:
                found.append(Named(name, Listed(tuple(map(self.value, listed)))))
        if options.trigger_rule != "all_success":
            found.append(Named("trigger_rule", literal(options.trigger_rule)))
        if not options.keeps_result:
            found.append(Named("do_xcom_push", literal(False)))
        return [*found]

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

    @property
    def _defined_names(self) -> dict[str, str]:
        names: dict[str, str] = self.__dict__.setdefault("_names", {})
        return names

    def decorator(self, options: list[Node]) -> cst.BaseExpression:
        """`@task` with options."""
        word = self._task_word()
        node: Node = Invoke(word, tuple(options)) if options else word
        return lay_out(node, Room(before=1))

    def _stub(self, task: Task) -> Form:
        assert task.refusal is not None
        given = tuple(self.value(argument.value) for argument in task.arguments)
        if task.body is not None and task.function is not None:
            named = self._aliased(self._code(task.body.span))
            return Form(task=named, own_name=self._own_name(task), arguments=given)
        wanted = identifier(str(task.name.value)) if isinstance(task.name, Const) else "stub"
        body = _stub_body(task, self.places)
        node, own = self._defined(task, wanted, body)
        return Form(task=node, own_name=own, arguments=given)

    # Options.

    def _optioned(self, task: Task, form: Form, name: Value | None) -> Node:
        final = self._may_be_final(task)
        options = [] if self._settled(task) else self._option_nodes(task.options, final=final)
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
        nodes = self._option_nodes(task.options, final=self._may_be_final(task))
        self.spell_out = False
        return nodes

    def _option_nodes(self, options: Options, *, final: bool = False) -> list[Node]:
        nodes: list[Node] = []
        if options.retries is not None:
            delay = options.retry_delay or Const(value=AIRFLOW_RETRY_DELAY)
            nodes.append(Named("retries", self.value(options.retries)))
            nodes.append(Named("retry_delay_seconds", self.value(delay)))
            if final:
                word = Raw(self.requests.helper("retry_unless_final"))
                nodes.append(Named("retry_condition_fn", word))
        if options.timeout is not None:
            nodes.append(Named("timeout_seconds", self.value(options.timeout)))
        if options.on_failure:
            nodes.append(Named("on_failure", self.hooks(options.on_failure)))
        if options.on_success:
            nodes.append(Named("on_completion", self.hooks(options.on_success, "on_success")))
        if options.on_execute:
            nodes.append(Named("on_running", self.hooks(options.on_execute, "on_execute")))
        return nodes

    def hooks(self, callbacks: tuple[Code | Imported, ...], event: str = "on_failure") -> Node:
        """Airflow callbacks of an event as a list of Prefect hooks."""
        hook = Raw(self.requests.helper(event))
        calls = [Invoke(hook, (self.value(one),)) for one in callbacks]
        return Listed(tuple(calls))


def _is_short_text(node: cst.BaseExpression) -> bool:
    """Whether an expression is written as a string literal, on one line."""
    return begins_with_text(node) and "\n" not in written(node)


def _stub_body(task: Task, places: Places) -> list[cst.Statement]:
    name = str(task.name.value) if isinstance(task.name, Const) else "this task"
    return stub_body(name, task.refusal, places.source(task.span))


def stub_body(name: str, refusal: Refusal | None, source: str) -> list[cst.Statement]:
    """The body of a stub: what was not converted, its original source, and an error."""
    assert refusal is not None
    message = f"{name}: convert {refusal.subject} by hand ({refusal.code})".replace("`", "")
    return [raised(message, stub_comment(refusal.code, refusal.subject, source))]


def stub_comment(code: str, subject: str, source: str) -> list[str]:
    """The comment that says what was not converted, with the original source."""
    what = f"# dagferry[{code}]: no conversion for {subject.rstrip(',')}."
    see = f"See `dagferry explain {code}`."
    lines = [f"{what} {see}"] if len(f"{what} {see}") <= 84 else [what, f"# {see}"]
    return [*lines, *(f"#   {line}".rstrip() for line in source.splitlines())]


def raised(message: str, above: list[str]) -> cst.SimpleStatementLine:
    """`raise NotImplementedError(...)`, laid out for a block of four columns, below comments."""
    node = Invoke(Raw("NotImplementedError"), (literal(message),))
    return make.line(cst.Raise(exc=lay_out(node, Room(block=4, before=10))), above=above)
