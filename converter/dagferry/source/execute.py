"""Following statements: suites, definitions, imports, `with`, and what ends a suite."""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.source.abstract import (
    Abstract,
    DagValue,
    FunctionValue,
    GroupValue,
    Known,
    Scope,
    Table,
    Unknown,
)
from dagferry.source.airflow_names import DAG_DECORATORS, decorator_of
from dagferry.source.assignments import bind, follow_assignment
from dagferry.source.branches import follow_condition, follow_one_of, follow_try
from dagferry.source.classes import follow_class
from dagferry.source.following import Follower
from dagferry.source.loops import follow_loop, follow_unsettled_loop
from dagferry.source.merging import merged
from dagferry.source.scope import absolute_base, bindings
from dagferry.source.suite_ends import Leave, Perhaps, Result
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled


def execute(body: Sequence[grammar.Statement], scope: Scope, machine: Follower) -> Result:
    """Follow a suite: what it returns, how it leaves early, or None when its end is reached."""
    uncertain = machine.uncertain
    try:
        return _suite(body, scope, machine)
    finally:
        machine.uncertain = uncertain


def _suite(body: Sequence[grammar.Statement], scope: Scope, machine: Follower) -> Result:
    perhaps: list[Abstract] = []
    for statement in body:
        machine.steps -= 1
        if machine.steps < 0:
            machine.doubt()
            return None
        machine.path.append(statement)
        result = _statement(statement, scope, machine)
        machine.path.pop()
        if isinstance(result, Perhaps):
            # What follows only happens in the other runs.
            machine.uncertain += not perhaps
            perhaps.append(result.value)
        elif isinstance(result, Leave):
            return result if not perhaps else Perhaps(merged(perhaps, "return"))
        elif result is not None:
            return merged([*perhaps, result], "return")
    return Perhaps(merged(perhaps, "return")) if perhaps else None


def _statement(node: grammar.Statement, scope: Scope, machine: Follower) -> Result:
    match node:
        case grammar.Return():
            return machine.evaluate(node.value, scope) if node.value else Known(None)
        case grammar.Expr():
            machine.evaluate(node.value, scope)
            return Leave.RAISE if _ends_the_process(node.value) else None
        case grammar.Assign() | grammar.AnnAssign() | grammar.AugAssign():
            follow_assignment(node, scope, machine)
        case grammar.For() | grammar.AsyncFor():
            return follow_loop(node, scope, machine)
        case grammar.If():
            return follow_condition(node, scope, machine)
        case grammar.With() | grammar.AsyncWith():
            return _with(node, scope, machine)
        case grammar.FunctionDef() | grammar.AsyncFunctionDef():
            arguments = decorator_arguments(node, scope, machine)
            function = FunctionValue(node, scope.module, scope, arguments=arguments)
            scope.bind(node.name, function)
        case grammar.ClassDef():
            scope.bind(node.name, follow_class(node, scope, machine))
        case grammar.Import() | grammar.ImportFrom():
            module = scope.module
            for local, origin in bindings(node, module.name, module.is_package, module.known):
                scope.bind(local, machine.imported(module.canonical(origin)))
            if isinstance(node, grammar.ImportFrom) and node.names[0].name == "*":
                _import_all(node, scope, machine)
        case _:
            return _rest(node, scope, machine)
    return None


def _rest(node: grammar.Statement, scope: Scope, machine: Follower) -> Result:
    match node:
        case grammar.Try():
            return follow_try(node, scope, machine)
        case grammar.While():
            return follow_unsettled_loop(node.body, scope, machine)
        case grammar.Match():
            return follow_one_of([case.body for case in node.cases], scope, machine, other=True)
        case grammar.Raise():
            return Leave.RAISE
        case grammar.Break():
            return Leave.BREAK
        case grammar.Continue():
            return Leave.CONTINUE
        case grammar.Global():
            scope.elsewhere.update(dict.fromkeys(node.names, list(scope.chain())[-1]))
        case grammar.Nonlocal():
            for name in node.names:
                homes = [s for s in scope.chain() if s is not scope and name in s.names]
                scope.elsewhere.update({name: homes[0]} if homes else {})
        case grammar.Delete(targets=targets):
            for target in targets:
                if isinstance(target, grammar.Subscript):
                    bind(target, Unknown(spelled(target)), scope, machine)
    return None


def decorator_arguments(node: grammar.Node, scope: Scope, machine: Follower) -> Table | None:
    """The arguments of `@dag(...)`, which are what they are where the function is defined."""
    found = decorator_of(node, scope.module)
    if found is None or found[0] not in DAG_DECORATORS:
        return None
    if not isinstance(found[1], grammar.Call):
        return Table({})
    return machine.dag_arguments(found[1], scope)


def _ends_the_process(node: grammar.Expression) -> bool:
    return isinstance(node, grammar.Call) and spelled(node.func) in {"sys.exit", "exit", "quit"}


def _import_all(node: grammar.ImportFrom, scope: Scope, machine: Follower) -> None:
    """`from settings import *` of a module of the folder."""
    base = absolute_base(node, scope.module.name, scope.module.is_package)
    found = machine.project.find(base)
    if found is None or found is scope.module:
        return
    for name, value in dict(machine.run(found).names).items():
        if not name.startswith("_"):
            scope.bind(name, value)


def _with(node: grammar.With | grammar.AsyncWith, scope: Scope, machine: Follower) -> Result:
    opened: list[Abstract] = []
    for item in node.items:
        value = machine.evaluate(item.context_expr, scope)
        opened.append(value)
        if item.optional_vars is not None:
            bind(item.optional_vars, value, scope, machine)
    if any(isinstance(v, Unknown) and "suppress(" in v.text for v in opened):
        return follow_one_of([node.body], scope, machine, other=True)
    return _inside(opened, node, scope, machine)


def _inside(
    opened: list[Abstract], node: grammar.With | grammar.AsyncWith, scope: Scope, machine: Follower
) -> Result:
    dags = [value.builder for value in opened if isinstance(value, DagValue)]
    groups = [value for value in opened if isinstance(value, GroupValue)]
    machine.current += dags
    for group in groups:
        group.builder.groups.append(group)
    result = machine.execute(node.body, scope)
    for group in reversed(groups):
        group.builder.groups.pop()
    if dags:
        del machine.current[-len(dags) :]
    return result
