"""Dynamic task mapping: `mapped(task).partial(...).expand(...)` of the helper; operators keep their spelling.

Airflow makes one task instance for every combination of what a task is expanded over, the last argument
varying fastest, and may learn how many only in the run. Prefect's `map` pairs arguments instead and has no
trigger rule between instances, so the helper's `TaskGraph` makes the task runs.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/dynamic-task-mapping.html
Prefect: https://docs.prefect.io/v3/how-to-guides/workflows/map
"""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.constructs._base import Call, Case, Construct, Emitter, Form, Refused, templated
from dagferry.constructs._options import finish, read_options
from dagferry.constructs.mapping._operators import chain_of, mapped_operator, operator_form
from dagferry.constructs.taskflow._calls import several
from dagferry.errors import Impossible
from dagferry.model.task import Argument, Task
from dagferry.model.values import Code, Template, Value
from dagferry.source.abstract import (
    Abstract,
    ClassValue,
    External,
    FunctionValue,
    Items,
    Known,
    LooseTask,
    Partial,
    TaskValue,
    Unknown,
)
from dagferry.source.airflow_names import PLAIN_TASK, decorator_of, is_task_decorator, short_name
from dagferry.source.arguments import has_template
from dagferry.source.calls import taskflow_id
from dagferry.source.code import code_of
from dagferry.source.constants import Located
from dagferry.source.graph_builder import make_task
from dagferry.source.tracing import Given, TracedCall
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled

_OF_RESULTS = frozenset({".map", ".zip", ".concat"})
_LIMITS = ("max_active_tis_per_dag", "max_active_tis_per_dagrun", "task_concurrency")


class Expand(Construct):
    """`.expand` and `.expand_kwargs`, with `.partial` before them."""

    grade = "adapted"
    methods = (".expand", ".expand_kwargs", ".partial", *sorted(_OF_RESULTS))
    helper_parts = ("mapping", "mapped_operators")

    def trace(self, call: TracedCall) -> Abstract | None:
        """`expand` makes a task, in the DAG as one; `partial` what it can be called on."""
        if call.name in _OF_RESULTS:
            return _of_a_result(call)
        begun = _begun(call.callee)
        if begun is None:
            return None
        named = {**begun.named, **call.given.named}
        plain = begun.plain and call.given.plain
        if call.name == ".partial":
            return Partial(begun.callee, call.node, named, plain)
        return _task(call, Partial(begun.callee, begun.call, named, plain))

    def lower(self, call: Call) -> Task:
        """What the runs share, and what each has of its own. Raises Refused."""
        begun = call.callee
        assert isinstance(begun, Partial)
        _refuse_what_is_next(call, begun)
        if not isinstance(begun.callee, FunctionValue):
            return mapped_operator(call, begun, self.name)
        decorator = decorator_of(begun.callee.node, begun.callee.module)
        if decorator is None or decorator[0] not in PLAIN_TASK:
            name = short_name(decorator[0]) if decorator else "task"
            raise Refused("DF701", f"dynamic task mapping of `@{name}`")
        splits = call.attempt(lambda: several(call), False)
        options = read_options(call, "multiple_outputs")
        finish(call, "PythonOperator")
        return Task(
            construct=self.name,
            span=call.arguments.module.source.span(call.node),
            name=call.name,
            options=options,
            function=call.task_function,
            body=code_of(_named_function(call.node)),
            arguments=tuple(_arguments(call)),
            template_fields=(("op_args", None), ("op_kwargs", None)),
            taskflow=True,
            multiple_outputs=splits,
        )

    def not_liftable(self, task: Task) -> str:  # noqa: ARG002 - no such task can be
        """A call of a Prefect task is one task run."""
        return "it maps a task"

    def emit(self, task: Task, out: Emitter) -> Form:
        """`mapped(task).partial(...).expand(...)`, `Operator.partial(...).expand(...)`."""
        if task.variant:
            return operator_form(task, out)
        node, own_name = out.body(task)
        given = list(zip(task.arguments, out.arguments(task)))
        shared = tuple(node for argument, node in given if not argument.mapped)
        over = tuple(node for argument, node in given if argument.mapped)
        listed = any(argument.mapped and argument.name is None for argument in task.arguments)
        expansion = ("expand_kwargs" if listed else "expand", over)
        return Form(
            task=node,
            own_name=own_name,
            arguments=(),
            taker=out.helper("mapped"),
            then=(*([("partial", shared)] if shared else []), expansion),
        )

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow.decorators import dag, task


                @task
                def add(x, y, z=0):
                    return x + y + z


                @task
                def total(sums):
                    return sum(sums)


                @dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
                def products():
                    total(add.partial(z=1).expand(x=[1, 2], y=[10, 20]))


                products()
                """,
            after="""\
                from prefect import flow, task

                from airflow_compat import TaskGraph, mapped


                @task
                def add(x, y, z=0):
                    return x + y + z


                @task
                def total(sums):
                    return sum(sums)


                @flow(name="products", log_prints=True)
                def products():
                    with TaskGraph() as graph:
                        graph.add(total, mapped(add).partial(z=1).expand(x=[1, 2], y=[10, 20]))
                    return graph.leaves


                if __name__ == "__main__":
                    products()
                """,
            findings=("DF502",),
            grade="adapted",
        ),
    )


def _begun(callee: Abstract) -> Partial | None:
    """What is mapped: a task function, an operator's class, or what `partial` made of them."""
    if isinstance(callee, Partial):
        return callee
    if isinstance(callee, FunctionValue):
        decorator = decorator_of(callee.node, callee.module)
        return Partial(callee) if decorator and is_task_decorator(decorator[0]) else None
    named = callee.name.rpartition(".")[2] if isinstance(callee, External) else ""
    return Partial(callee) if isinstance(callee, ClassValue) or named[:1].isupper() else None


def _task(call: TracedCall, begun: Partial) -> Abstract:
    function = begun.callee if isinstance(begun.callee, FunctionValue) else None
    name = begun.named.get("task_id", Unknown("task_id"))
    if function is not None:
        name = taskflow_id(function, call.machine)
    given = Given(call.given.positional, begun.named, begun.plain)
    unique = function is not None
    return make_task(call.node, name, given, call.scope, call.machine, unique=unique, callee=begun)


def _of_a_result(call: TracedCall) -> Abstract | None:
    """`results.map(function)`: nothing that a flow has; what is mapped over it is refused."""
    if not isinstance(call.callee, (TaskValue, LooseTask)):
        return None
    call.machine.doubt()
    return Partial(call.callee, call.node)


def _refuse_what_is_next(call: Call, begun: Partial) -> None:
    """Refuse what has no conversion yet."""
    for name in _LIMITS:
        if call.arguments.find(name) is not None:
            call.refuse("DF301", f"the argument `{name}` of a mapped task")
    for value in begun.named.values():
        if isinstance(value, Partial) and value.call is not None:
            call.refuse("DF701", f"dynamic task mapping over `{spelled(value.call.func)}`")
    if begun.call is not None and begun.call not in chain_of(call.node):
        call.refuse("DF701", "dynamic task mapping with a `partial` that stands elsewhere")


def _named_function(node: grammar.Call) -> grammar.Expression:
    """`f` of `f.override(...).partial(...).expand(...)`."""
    first = chain_of(node)[0].func
    assert isinstance(first, grammar.Attribute)
    return first.value


def _arguments(call: Call) -> Iterator[Argument]:
    *before, expansion = chain_of(call.node)
    for one in before:
        if isinstance(one.func, grammar.Attribute) and one.func.attr == "partial":
            yield from _of_call(call, one, mapped=False)
    yield from _of_call(call, expansion, mapped=True)


def _of_call(call: Call, node: grammar.Call, *, mapped: bool) -> Iterator[Argument]:
    module = call.arguments.module
    listed = mapped and isinstance(node.func, grammar.Attribute) and node.func.attr != "expand"
    names = [] if listed else [keyword.arg for keyword in node.keywords]
    if len(node.args) != int(listed) or len(names) != len(node.keywords) or None in names:
        raise Refused("DF701", "dynamic task mapping with arguments that are not named")
    for argument in node.args:
        yield Argument(value=_value(call, None, Located(argument, module)), mapped=True)
    for keyword in node.keywords:
        value = _value(call, keyword.arg, Located(keyword.value, module))
        yield Argument(name=keyword.arg, value=value, mapped=mapped)


def _value(call: Call, name: str | None, found: Located) -> Value:
    begun = call.callee
    assert isinstance(begun, Partial)
    if name is not None and _holds_no_template(begun.named.get(name)):
        try:
            return call.arguments.as_value(found)
        except Impossible:
            pass
    value = templated(call, found, "an argument that another module computes")
    # Airflow renders the dicts of `expand_kwargs` even where another task left them.
    listed = isinstance(found.node, (grammar.List, grammar.Tuple))
    if name is None and not listed and isinstance(value, Code):
        return Template(span=value.span)
    return value


def _holds_no_template(value: Abstract | None) -> bool:
    """Whether a list is known, and holds nothing that Jinja would change."""
    if isinstance(value, Items):
        return value.exact and all(map(_holds_no_template, value.items))
    if isinstance(value, Known):
        return not isinstance(value.value, str) or not has_template(value.value)
    return isinstance(value, TaskValue)
