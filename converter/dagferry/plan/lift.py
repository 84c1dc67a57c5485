"""Decides whether a DAG may become plain Prefect: same graph, same rules, same data, or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.constructs._registry import constructs
from dagferry.model.context_names import CONTEXT, ONLY_AIRFLOW_3, RUN
from dagferry.model.dag import Dag, DagSite, Statement
from dagferry.model.function import Function, Pull
from dagferry.model.project import Module
from dagferry.model.task import Task
from dagferry.model.values import Template
from dagferry.model.xcom_keys import RETURN_VALUE
from dagferry.plan.functions import needs_rewrite, rewrite_problem
from dagferry.plan.handed_on import entries, futures, handed_on
from dagferry.plan.model_index import ModelIndex
from dagferry.plan.not_lifted import NotLifted
from dagferry.plan.order import Order
from dagferry.plan.xcoms import paths

_PLAIN_STATEMENTS = frozenset(
    {"task", "edge", "property", "kept", "definition", "import", "mention"}
)


def lift(module: Module, position: int, index: ModelIndex) -> str:
    """`calls` or `submits` for a site. Raises NotLifted with the reason."""
    site = module.sites[position]
    dags = index.dags(module, position)
    if not dags:
        raise NotLifted("nothing in the folder makes this DAG")
    _plain_code(site)
    _callbacks(dags, site)
    forms = {_form(dag, module, site, index) for dag in dags}
    if len(forms) > 1:
        raise NotLifted("its DAGs differ in shape")
    return forms.pop()


def _plain_code(site: DagSite) -> None:
    for statement in site.body:
        if statement.kind not in _PLAIN_STATEMENTS:
            raise NotLifted(f"line {statement.span.line} builds the graph with {_words(statement)}")
        if statement.kind in {"kept", "definition", "import"} and statement.tasks:
            raise NotLifted(f"line {statement.span.line} makes tasks inside an expression")


def _words(statement: Statement) -> str:
    names = {"loop": "a loop", "if": "an `if`", "call": "a call", "with": "a `with`"}
    return names.get(statement.kind, "code")


def _form(dag: Dag, module: Module, site: DagSite, index: ModelIndex) -> str:
    order = Order(dag)
    _exact(dag, module, site)
    tasks = [index.task(node) for node in dag.nodes]
    _supported(tasks)
    _rules(tasks, order)
    if site.form != "decorator" and not order.in_code_order and _has_own_code(site):
        raise NotLifted("its tasks stand in another order than they run, with code between them")
    targets = {s.target for s in site.body if s.kind == "task" and s.target}
    own = {site.variable} if site.variable and site.form != "decorator" else set()
    for statement in site.body:
        if statement.kind in {"kept", "definition"} and (targets | own) & set(statement.reads):
            raise NotLifted(f"line {statement.span.line} uses a task in code of its own")
    for position, task in enumerate(tasks):
        _values(task, position, order, module, index)
    handed_on(dag, index)
    entries(tasks, site, module)
    if order.is_chain:
        return "calls"
    futures(tasks, targets, index)
    return "submits"


def _exact(dag: Dag, module: Module, site: DagSite) -> None:
    if not dag.exact:
        raise NotLifted("its graph is only known when it is built")
    if any(node.conditional for node in dag.nodes):
        raise NotLifted("it makes some of its tasks under a condition")
    direct = {task for statement in site.body for task in statement.tasks}
    if any(node.module != module.path or node.task not in direct for node in dag.nodes):
        raise NotLifted("a helper makes some of its tasks")
    if len({node.task for node in dag.nodes}) < len(dag.nodes):
        raise NotLifted("one call makes several of its tasks")


def _callbacks(dags: Sequence[Dag], site: DagSite) -> None:
    """Airflow gives the callbacks of a DAG the context of one of its tasks: in Airflow 2 the last one.

    In Airflow 3 it is the last one that failed, where one did (observed in 2.11.2 and 3.3.2).
    """
    if not (site.on_failure or site.on_success):
        return
    if site.on_failure and site.airflow_version > 2 and any(len(dag.nodes) > 1 for dag in dags):
        raise NotLifted("its callbacks are given the context of the task that failed")
    # The DAGs of a factory share one text, in which one id stands.
    last = {dag.nodes[-1].task_id for dag in dags if dag.nodes and not dag.nodes[-1].family}
    if len(last) != 1 or any(not dag.nodes or dag.nodes[-1].family for dag in dags):
        raise NotLifted("its callbacks are given the context of a task whose id only a run knows")


def _supported(tasks: list[Task]) -> None:
    for task in tasks:
        if task.by_class:
            raise NotLifted("a task keeps its class")
        if task.refusal is None:
            reason = constructs()[task.construct].not_liftable(task)
            if reason is not None:
                raise NotLifted(reason)


def _has_own_code(site: DagSite) -> bool:
    return any(statement.kind in {"kept", "definition"} for statement in site.body)


def _rules(tasks: list[Task], order: Order) -> None:
    for position, task in enumerate(tasks):
        if task.options.trigger_rule != "all_success":
            raise NotLifted(f"it has the trigger rule {task.options.trigger_rule}")
        if task.may_skip and order.downstream[position]:
            raise NotLifted("a task that may skip has others behind it")
        if not task.options.keeps_result:
            raise NotLifted("a task keeps its result to itself")


def _values(task: Task, position: int, order: Order, module: Module, index: ModelIndex) -> None:
    site = index.site(order.dag)
    for argument in task.arguments:
        if isinstance(argument.value, Template):
            _template(argument.value, site)
        if argument.stars and not task.taskflow:
            raise NotLifted("a task's arguments are spread from what only a run knows")
    function = index.function(task.function)
    if function is not None:
        _keeps_values(task, function, order.upstream[position])
    if function is None:
        if task.body is not None:
            _unknown_body(task)
        return
    if function.may_skip and order.downstream[position]:
        raise NotLifted("a task that may skip has others behind it")
    if task.multiple_outputs and not function.splits:
        raise NotLifted(f"`{function.name}` is split by keys that only a run knows")
    if function.is_async:
        # A plain call in a flow that is no `async def` would give a coroutine.
        raise NotLifted(f"`{function.name}` is an `async def`")
    _context(task, function, position, order, module, index)


def _keeps_values(task: Task, function: Function, upstream: set[int]) -> None:
    """Airflow hands every task a copy; a body that changes what it is given changes it for all."""
    given = {p.name for p in function.parameters} if task.arguments else set()
    pulled = {pull.assigned for pull in function.pulls if pull.assigned}
    touched = (given | pulled) & set(function.changed)
    if touched and upstream:
        raise NotLifted(
            f"`{function.name}` changes `{min(touched)}`, which others may be given too"
        )


def _template(value: Template, site: DagSite) -> None:
    if value.source is None:
        raise NotLifted("it renders text that only a run knows")
    if value.names is None or not RUN.issuperset(value.names):
        raise NotLifted("a template uses what only a running task has")
    params = {param.name for param in site.params}
    if site.airflow_version not in value.safe_in or not params.issuperset(value.params):
        # The body of a flow renders before the task runs; a failure would end the flow.
        raise NotLifted("a template may fail to render, which fails its task alone")


def plain_lambda(task: Task) -> bool:
    """Whether a task runs a lambda that takes nothing from Airflow's context."""
    return task.parameters is not None and not any(
        one.kind == "double" or one.name in CONTEXT | ONLY_AIRFLOW_3 for one in task.parameters
    )


def _unknown_body(task: Task) -> None:
    if not plain_lambda(task):
        raise NotLifted("what its callable takes from Airflow is only known in a run")
    given = {argument.name for argument in task.arguments if argument.name}
    extra = given - {p.name for p in task.parameters or () if p.kind in {"plain", "keyword"}}
    if extra:
        raise NotLifted(f"a lambda takes no `{min(extra)}`, which Airflow leaves out")


def _context(
    task: Task, function: Function, position: int, order: Order, module: Module, index: ModelIndex
) -> None:
    if function.opaque is not None:
        raise NotLifted(f"`{function.name}`: {function.opaque}")
    given = {argument.name for argument in task.arguments if argument.name}
    if any(argument.stars for argument in task.arguments) and function.uses_context:
        raise NotLifted(f"`{function.name}` takes the context and arguments that are spread")
    _taken(task, function, given)
    if not needs_rewrite(function):
        _positions(task, function)
        return
    if task.function is None or task.function.module != module.name or function.called_directly:
        raise NotLifted(f"`{function.name}` takes the context and is not this file's to change")
    problem = rewrite_problem(function)
    if problem is not None:
        raise NotLifted(f"`{function.name}`: {problem}")
    extra = given - {p.name for p in function.parameters}
    if extra:
        raise NotLifted(f"`{function.name}` takes `{sorted(extra)[0]}` through `**`")
    _positions(task, function)
    for pull in function.pulls:
        _pull(pull, position, order, index)


def _taken(task: Task, function: Function, given: set[str]) -> None:
    """An operator's callable is not given what it does not take; a call would fail with it."""
    if any(p.kind == "double" for p in function.parameters) or task.taskflow:
        return
    extra = given - {p.name for p in function.parameters if p.kind in {"plain", "keyword"}}
    if extra:
        raise NotLifted(f"`{function.name}` takes no `{min(extra)}`, which Airflow leaves out")


def _positions(task: Task, function: Function) -> None:
    """Positional arguments must not fall on parameters that Airflow would fill from the context."""
    count = sum(1 for argument in task.arguments if argument.name is None)
    plain = [p.name for p in function.parameters if p.kind == "plain"]
    if count > len(plain) and any(argument.name for argument in task.arguments):
        raise NotLifted(f"`{function.name}` is given more by position than it names")
    if set(plain[:count]) & set(function.context_parameters):
        raise NotLifted(f"`{function.name}` is given a context variable by position")


def _pull(pull: Pull, position: int, order: Order, index: ModelIndex) -> None:
    if pull.many and pull.key == RETURN_VALUE and index.site(order.dag).airflow_version == 2:
        # Airflow 2 leaves out of the list what returned nothing; Airflow 3 puts None there.
        raise NotLifted(
            "it pulls a list, which Airflow 2 makes shorter where a task returned nothing"
        )
    for task_id in pull.task_ids:
        node = find_node(order.dag, task_id)
        if node is None or node not in order.ancestors(position):
            raise NotLifted(f"it pulls from `{task_id}`, which is not upstream")
        task = index.task(order.dag.nodes[node])
        function = index.function(task.function)
        rewritten = function is not None and needs_rewrite(function)
        if pull.key not in paths(task, function, rewritten):
            raise NotLifted(f"it pulls the key `{pull.key}`, which `{task_id}` does not push")


def find_node(dag: Dag, task_id: str) -> int | None:
    """The position of a task of a DAG."""
    for position, node in enumerate(dag.nodes):
        if node.task_id == task_id and not node.family:
            return position
    return None
