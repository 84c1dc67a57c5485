"""Following calls: what makes a task, a DAG, an edge; helpers and factories of the folder."""

from __future__ import annotations

from dataclasses import replace

from dagferry.source.abstract import (
    Abstract,
    ClassValue,
    DagValue,
    External,
    FunctionValue,
    Items,
    Known,
    Method,
    Origin,
    Scope,
    Table,
    Unknown,
    as_text,
    tasks_in,
)
from dagferry.source.airflow_names import (
    DAG_CLASSES,
    DAG_DECORATORS,
    decorator_of,
    is_task_decorator,
)
from dagferry.source.builtin_calls import builtin_call
from dagferry.source.following import Follower
from dagferry.source.given_arguments import Given
from dagferry.source.graph_builder import make_dag, make_task
from dagferry.source.merging import merged, snapshot
from dagferry.source.methods import method_call
from dagferry.source.suite_ends import Leave, Perhaps
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled


def call(node: grammar.Call, scope: Scope, machine: Follower) -> Abstract:
    """What a call gives; it may make tasks, edges and DAGs."""
    function = machine.evaluate(node.func, scope)
    given = followed_arguments(node, scope, machine)
    match function:
        case External():
            return _external(function, node, given, scope, machine)
        case FunctionValue():
            return _function(function, node, given, scope, machine)
        case Method():
            return _method(function, node, given, scope, machine)
        case ClassValue():
            return _class(function, node, given, scope, machine)
    return _unfollowed(node, given, scope, machine)


def _class(
    callee: ClassValue, node: grammar.Call, given: Given, scope: Scope, machine: Follower
) -> Abstract:
    bases = machine.project.base_names(callee.node, callee.module)
    traced = machine.traced(bases, callee, node, given, scope)
    if traced is not None:
        return traced
    if "task_id" in given.named:
        name = given.named["task_id"]
        return make_task(node, name, given, scope, machine, callee=callee)
    return _unfollowed(node, given, scope, machine)


def followed_arguments(node: grammar.Call, scope: Scope, machine: Follower) -> Given:
    """The arguments of a call, followed in their order."""
    positional: list[Abstract] = []
    plain = True
    for argument in node.args:
        value = machine.evaluate(argument, scope)
        if isinstance(argument, grammar.Starred):
            plain = plain and isinstance(value, Items) and value.exact
            positional += value.items if isinstance(value, Items) else [value]
        else:
            positional.append(value)
    named: dict[str, Abstract] = {}
    origins: dict[str, Origin] = {}
    for keyword in node.keywords:
        value = machine.evaluate(keyword.value, scope)
        if keyword.arg:
            named[keyword.arg] = value
            origins[keyword.arg] = Origin(keyword.value, scope)
        elif isinstance(value, Table):
            named |= {str(key): item for key, item in value.items.items()}
            origins |= {str(key): item for key, item in value.origins.items()}
            plain = plain and value.exact
        else:
            plain = False
    return Given(positional, named, plain, origins)


_BY_PLACE = ("dag_id", "description", "schedule")


def arguments_by_name(node: grammar.Call, given: Given, scope: Scope) -> Table:
    """The arguments of a DAG by their names, as they are now."""
    placed = dict(zip(_BY_PLACE, given.positional))
    starred = any(isinstance(argument, grammar.Starred) for argument in node.args)
    known = given.plain and not starred and len(given.positional) <= len(_BY_PLACE)
    table = Table({**({} if starred else placed), **given.named}, known, dict(given.origins))
    if not starred:
        table.origins |= {n: Origin(a, scope) for n, a in zip(_BY_PLACE, node.args)}
    found = snapshot(table)
    assert isinstance(found, Table)
    return found


def _external(
    function: External, node: grammar.Call, given: Given, scope: Scope, machine: Follower
) -> Abstract:
    name = function.name
    if name in DAG_CLASSES:
        dag_id = given.named.get("dag_id") or next(iter(given.positional), Unknown("dag_id"))
        dag = make_dag(node, dag_id, scope, machine)
        dag.builder.arguments = arguments_by_name(node, given, scope)
        return dag
    traced = machine.traced([name], function, node, given, scope)
    if traced is not None:
        return traced
    owner, _, method = name.rpartition(".")
    traced = machine.traced([f".{method}"], External(owner), node, given, scope)
    if traced is not None:
        return traced
    if "task_id" in given.named:
        return make_task(node, given.named["task_id"], given, scope, machine, callee=function)
    return builtin_call(name, node, given, machine)


def _function(
    function: FunctionValue, node: grammar.Call, given: Given, scope: Scope, machine: Follower
) -> Abstract:
    decorator = decorator_of(function.node, function.module)
    if decorator is None:
        return _follow(function, node, given, machine)
    traced = machine.traced([decorator[0]], function, node, given, scope)
    if traced is not None:
        return traced
    if is_task_decorator(decorator[0]):
        name = taskflow_id(function, machine)
        return make_task(node, name, given, scope, machine, unique=True, callee=function)
    if decorator[0] in DAG_DECORATORS:
        machine.dag_calls.append((scope.module, node))
        return _decorated_dag(function, decorator[1], given, machine)
    return _unfollowed(node, given, scope, machine)


def taskflow_id(function: FunctionValue, machine: Follower) -> Abstract:
    """The id that a task function gives its tasks."""
    if function.task_id is not None:
        return function.task_id
    decorator = decorator_of(function.node, function.module)
    if decorator is not None and isinstance(decorator[1], grammar.Call):
        for keyword in decorator[1].keywords:
            if keyword.arg == "task_id":
                return machine.evaluate(keyword.value, function.scope)
    return Known(getattr(function.node, "name", "lambda"))


def _decorated_dag(
    function: FunctionValue, decorator: grammar.Expression, given: Given, machine: Follower
) -> Abstract:
    name: Abstract = Known(getattr(function.node, "name", "dag"))
    if isinstance(decorator, grammar.Call) and function.arguments is not None:
        name = function.arguments.items.get("dag_id", name)
    dag = make_dag(function.node, name, function.scope, machine)
    dag.builder.arguments = function.arguments
    machine.current.append(dag.builder)
    follow_body(function, given, machine)
    machine.current.pop()
    return dag


def _follow(
    function: FunctionValue, node: grammar.Call, given: Given, machine: Follower
) -> Abstract:
    if machine.depth > 20 or isinstance(function.node, grammar.AsyncFunctionDef):
        machine.doubt()
        return Unknown(spelled(node))
    if not given.plain:
        machine.doubt()
    result = follow_body(function, given, machine)
    return result if result is not None else Known(None)


def follow_body(function: FunctionValue, given: Given, machine: Follower) -> Abstract | None:
    """What a function of the folder gives when it is called with these arguments."""
    scope = Scope(function.module, _bound(function, given, machine), function.scope)
    machine.depth += 1
    try:
        if isinstance(function.node, grammar.Lambda):
            return machine.evaluate(function.node.body, scope)
        result = machine.execute(function.node.body, scope)
        if isinstance(result, Perhaps):
            return merged([result.value, Known(None)], "return")
        return None if isinstance(result, Leave) else result
    finally:
        machine.depth -= 1


def _bound(function: FunctionValue, given: Given, machine: Follower) -> dict[str, Abstract]:
    parameters = function.node.args
    plain = [*parameters.posonlyargs, *parameters.args]
    names: dict[str, Abstract] = {p.arg: Unknown(p.arg) for p in [*plain, *parameters.kwonlyargs]}
    for parameter, default in zip(reversed(plain), reversed(parameters.defaults)):
        names[parameter.arg] = machine.evaluate(default, function.scope)
    for parameter, value in zip(parameters.kwonlyargs, parameters.kw_defaults):
        if value is not None:
            names[parameter.arg] = machine.evaluate(value, function.scope)
    names |= {p.arg: v for p, v in zip(plain, given.positional)}
    extra = {k: v for k, v in given.named.items() if k not in names}
    names |= {k: v for k, v in given.named.items() if k in names}
    if parameters.vararg:
        names[parameters.vararg.arg] = Items(list(given.positional[len(plain) :]), given.plain)
    if parameters.kwarg:
        names[parameters.kwarg.arg] = Table(dict(extra), given.plain)
    return names


def _method(
    method: Method, node: grammar.Call, given: Given, scope: Scope, machine: Follower
) -> Abstract:
    owner = method.owner
    traced = machine.traced([f".{method.name}"], owner, node, given, scope)
    if traced is not None:
        return traced
    if isinstance(owner, FunctionValue) and _makes_no_task(owner):
        # `group.expand(...)`: what it makes is not known.
        if machine.current:
            machine.unfollowed[node] = machine.current[-1]
        return Unknown(spelled(node))
    if isinstance(owner, FunctionValue) and method.name == "override":
        named = given.named.get("task_id", owner.task_id)
        return replace(owner, task_id=named, overrides=owner.overrides + 1)
    return method_call(method, node, given, machine)


def _makes_no_task(function: FunctionValue) -> bool:
    decorator = decorator_of(function.node, function.module)
    return decorator is not None and not is_task_decorator(decorator[0])


def _unfollowed(node: grammar.Call, given: Given, scope: Scope, machine: Follower) -> Abstract:
    if "task_id" in given.named:
        return make_task(node, given.named["task_id"], given, scope, machine)
    if any(isinstance(v, DagValue) or any(tasks_in(v)) for v in given.all()):
        # Something that cannot be followed was handed a task or a DAG: it may add to the graph.
        machine.doubt()
    return Unknown(as_text(Unknown(spelled(node))).text[1:-1])
