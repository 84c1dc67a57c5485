"""Following statements: assignments, loops, conditions, definitions."""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.source.abstract import (
    Abstract,
    ClassValue,
    DagValue,
    FunctionValue,
    GroupValue,
    Items,
    Known,
    LooseTask,
    ModuleValue,
    Moment,
    Origin,
    Pattern,
    Scope,
    Table,
    Unknown,
    tasks_in,
)
from dagferry.source.airflow_names import DAG_DECORATORS, decorator_of
from dagferry.source.edges import binary, put_into
from dagferry.source.following import Follower
from dagferry.source.merging import join, merged, names_now, put, put_back
from dagferry.source.outside import made, note_outside
from dagferry.source.scope import absolute_base, bindings
from dagferry.source.suite_ends import Leave, Perhaps, Result
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled
from dagferry.syntax.walking import below, stores

MAX_TURNS = 500


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
            _assignment(node, scope, machine)
        case grammar.For() | grammar.AsyncFor():
            return _loop(node, scope, machine)
        case grammar.If():
            return _condition(node, scope, machine)
        case grammar.With() | grammar.AsyncWith():
            return _with(node, scope, machine)
        case grammar.FunctionDef() | grammar.AsyncFunctionDef():
            arguments = decorator_arguments(node, scope, machine)
            function = FunctionValue(node, scope.module, scope, arguments=arguments)
            scope.bind(node.name, function)
        case grammar.ClassDef():
            scope.bind(node.name, ClassValue(node, scope.module))
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
            return _try(node, scope, machine)
        case grammar.While():
            return _unsettled_loop(node.body, scope, machine)
        case grammar.Match():
            return _branches([case.body for case in node.cases], scope, machine, other=True)
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


def _branches(
    suites: Sequence[Sequence[grammar.Statement]],
    scope: Scope,
    machine: Follower,
    *,
    other: bool = False,
) -> Result:
    """Follow suites of which a run takes one, or with `other` perhaps none."""
    machine.doubt()
    before = names_now(scope)
    ways, results = [], list[Result]()
    for suite in suites:
        put_back(before)
        results.append(_uncertain(suite, scope, machine))
        if results[-1] is not Leave.RAISE:
            ways.append(names_now(scope))
    if other or not ways:
        ways.append(before)
    join(ways)
    return _result(results, other)


def _result(results: Sequence[Result], other: bool) -> Result:
    """What a suite returns when one of several results is its."""
    ended = [result for result in results if result is not Leave.RAISE]
    if not ended and results and not other:
        return Leave.RAISE
    values = [r.value if isinstance(r, Perhaps) else r for r in ended]
    given = [value for value in values if value is not None and not isinstance(value, Leave)]
    if not given:
        return None
    always = not other and len(given) == len(ended)
    always = always and not any(isinstance(r, Perhaps) for r in ended)
    value = merged(given, "return")
    return value if always else Perhaps(value)


def _try(node: grammar.Try, scope: Scope, machine: Follower) -> Result:
    """The body as if nothing failed; what a handler may leave otherwise is not known."""
    before = names_now(scope)
    result = machine.execute([*node.body, *node.orelse], scope)
    ways, results = [names_now(scope)], [result]
    for handler in node.handlers:
        put_back(before)
        found = _uncertain(handler.body, scope, machine, doubt=False)
        results.append(found)
        if found is not Leave.RAISE:
            ways.append(names_now(scope))
    join(ways, first_wins=True)
    last = machine.execute(node.finalbody, scope)
    return last if last is not None else _result(results, other=False)


def _assignment(
    node: grammar.Assign | grammar.AnnAssign | grammar.AugAssign, scope: Scope, machine: Follower
) -> None:
    if node.value is None:
        return
    value = machine.evaluate(node.value, scope)
    if isinstance(node, grammar.AugAssign):
        old = machine.evaluate(node.target, scope)
        value = binary(node.op, old, value, spelled(node.target), machine)
        bind(node.target, value, scope, machine)
        return
    for target in node.targets if isinstance(node, grammar.Assign) else [node.target]:
        bind(target, value, scope, machine)
        _note_origin(target, node.value, scope, machine)


def _note_origin(
    target: grammar.Expression, node: grammar.Expression, scope: Scope, machine: Follower
) -> None:
    """Keep where the value of an item is spelled: `options["retries"] = ...`."""
    if isinstance(target, grammar.Subscript):
        owner, key = machine.values.get(target.value), machine.values.get(target.slice)
        if isinstance(owner, Table) and isinstance(key, Known):
            owner.origins.pop(key.value, None)
            if owner.items.get(key.value) is machine.values.get(node):
                owner.origins[key.value] = Origin(node, scope)


def bind(target: grammar.Expression, value: Abstract, scope: Scope, machine: Follower) -> None:
    """Give a target of an assignment or a loop its value."""
    match target:
        case grammar.Name():
            scope.bind(target.id, value)
        case grammar.Tuple() | grammar.List():
            _unpack(target, value, scope, machine)
        case grammar.Attribute():
            _set_attribute(target, value, scope, machine)
        case grammar.Subscript():
            owner = machine.evaluate(target.value, scope)
            key = machine.evaluate(target.slice, scope)
            if isinstance(value, DagValue) and isinstance(key, Known):
                # globals()["name"] = dag
                machine.published.setdefault(value.builder, str(key.value))
            elif _is_globals(target.value) and isinstance(key, Known):
                list(scope.chain())[-1].names[str(key.value)] = value
            if isinstance(owner, Table) and isinstance(key, Known):
                put(owner, key.value, value, machine.uncertain)
            elif isinstance(owner, (Table, Items)):
                owner.exact = False
        case grammar.Starred():
            bind(target.value, Unknown(spelled(target.value)), scope, machine)


def _is_globals(node: grammar.Expression) -> bool:
    return isinstance(node, grammar.Call) and spelled(node.func) == "globals"


def _set_attribute(
    target: grammar.Attribute, value: Abstract, scope: Scope, machine: Follower
) -> None:
    """`task.dag = dag`, and `settings.WHEN = ...` of a module of the folder."""
    owner = machine.evaluate(target.value, scope)
    if isinstance(owner, LooseTask) and isinstance(value, DagValue) and target.attr == "dag":
        put_into(owner, value.builder, machine)
    if isinstance(owner, ModuleValue):
        names = machine.run(owner.module).names
        old = names.get(target.attr, Unknown(target.attr))
        names[target.attr] = merged([old, value], target.attr) if machine.uncertain else value


def _import_all(node: grammar.ImportFrom, scope: Scope, machine: Follower) -> None:
    """`from settings import *` of a module of the folder."""
    base = absolute_base(node, scope.module.name, scope.module.is_package)
    found = machine.project.find(base)
    if found is None or found is scope.module:
        return
    for name, value in dict(machine.run(found).names).items():
        if not name.startswith("_"):
            scope.bind(name, value)


def _unpack(
    target: grammar.Tuple | grammar.List, value: Abstract, scope: Scope, machine: Follower
) -> None:
    parts: Sequence[Abstract] = ()
    if isinstance(value, Items) and value.exact:
        parts = value.items
    elif isinstance(value, Known) and isinstance(value.value, (list, tuple)):
        parts = [Known(item) for item in value.value]
    plain = len(parts) == len(target.elts)
    for index, element in enumerate(target.elts):
        unknown = Unknown(spelled(element))
        bind(element, parts[index] if plain else unknown, scope, machine)


def turns(value: Abstract) -> tuple[list[Abstract], bool]:
    """The items that a loop over the value sees, and whether that is all it sees."""
    if isinstance(value, Items):
        return value.items[:MAX_TURNS], value.exact and len(value.items) <= MAX_TURNS
    if isinstance(value, Table):
        return [Known(key) for key in value.items], value.exact
    if isinstance(value, Known) and isinstance(value.value, (list, tuple, str, range, dict)):
        items = [Known(item) for item in value.value]
        return list(items[:MAX_TURNS]), len(items) <= MAX_TURNS
    return [], False


def _loop(node: grammar.For | grammar.AsyncFor, scope: Scope, machine: Follower) -> Result:
    items, exact = turns(machine.evaluate(node.iter, scope))
    if not exact:
        before_loop = made(machine)
        left = _unsettled_loop(node.body, scope, machine, node.target)
        note_outside(node.iter, before_loop, scope, machine)
        return left
    perhaps: list[Abstract] = []
    before = names_now(scope)
    for item in items:
        bind(node.target, item, scope, machine)
        result = machine.execute(node.body, scope)
        if isinstance(result, Perhaps):
            perhaps.append(result.value)
        elif result is Leave.BREAK:
            return Perhaps(merged(perhaps, "return")) if perhaps else None
        elif result is not None and result is not Leave.CONTINUE:
            return result if not perhaps else Perhaps(merged(perhaps, "return"))
        if _leaves_early(node.body):
            machine.doubt()
    if _leaves_early(node.body):
        # Where a branch that is not settled leaves the loop, later iterations may not have been.
        join([before, names_now(scope)])
        _forget(node.body, scope)
    result = machine.execute(node.orelse, scope)
    return result if result is not None or not perhaps else Perhaps(merged(perhaps, "return"))


def _unsettled_loop(
    body: Sequence[grammar.Statement],
    scope: Scope,
    machine: Follower,
    target: grammar.Expression | None = None,
) -> Result:
    """A loop whose number of iterations only a run knows."""
    before = names_now(scope)
    _forget(body, scope)
    if target is not None:
        bind(target, Unknown(spelled(target)), scope, machine)
    result = _uncertain(body, scope, machine)
    _forget(body, scope)
    join([before, names_now(scope)])
    if result is None or isinstance(result, (Leave, Perhaps)):
        return None if isinstance(result, Leave) else result
    return Perhaps(result)


def _forget(body: Sequence[grammar.Statement], scope: Scope) -> None:
    """What a loop of unknown length binds has no known value in it."""
    for statement in body:
        for name in stores(statement):
            if _is_plain(scope.names.get(name.id)):
                scope.names[name.id] = Unknown(name.id)


def _is_plain(value: Abstract | None) -> bool:
    """Whether a value is data without tasks."""
    if isinstance(value, (Items, Table)):
        return not any(tasks_in(value))
    return isinstance(value, (Known, Pattern, Moment))


def _leaves_early(body: Sequence[grammar.Statement]) -> bool:
    return any(below(one, grammar.Break) or below(one, grammar.Continue) for one in body)


def _uncertain(
    body: Sequence[grammar.Statement], scope: Scope, machine: Follower, *, doubt: bool = True
) -> Result:
    if doubt:
        machine.doubt()
    machine.uncertain += 1
    result = machine.execute(body, scope)
    machine.uncertain -= 1
    return result


def _condition(node: grammar.If, scope: Scope, machine: Follower) -> Result:
    test = machine.evaluate(node.test, scope)
    if isinstance(test, Known):
        return machine.execute(node.body if test.value else node.orelse, scope)
    return _branches([node.body, node.orelse], scope, machine)


def _with(node: grammar.With | grammar.AsyncWith, scope: Scope, machine: Follower) -> Result:
    opened: list[Abstract] = []
    for item in node.items:
        value = machine.evaluate(item.context_expr, scope)
        opened.append(value)
        if item.optional_vars is not None:
            bind(item.optional_vars, value, scope, machine)
    if any(isinstance(v, Unknown) and "suppress(" in v.text for v in opened):
        return _branches([node.body], scope, machine, other=True)
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
