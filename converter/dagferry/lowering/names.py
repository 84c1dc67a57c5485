"""Names that DAG-building code shares with the module around it, once it moves into a function."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from dagferry.lowering.sites import RawSite, bound_in
from dagferry.lowering.statements import DESCRIPTIVE
from dagferry.source.constants import changes
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, loads, own, own_stores, stores

_DEFINITIONS = (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.ClassDef)


def read_before_bound(
    site: RawSite, module: ParsedModule, tasks: Collection[grammar.Node]
) -> str | None:
    """A name that the block takes from the module and then binds itself; None where there is none.

    At the top level both are one variable; in the flow's function the first read would fail.
    What a task runs is told apart by the emission, which gives such a function another name.
    """
    if site.path or site.form == "decorator":
        return None
    both = _bound_outside(site, module) & _bound_by_code(site, tasks)
    if not both:
        return None
    bound: set[str] = set()
    for statement in site.body:
        for node in _in_order(statement):
            if node.ctx != "load":
                bound.add(node.id)
            elif node.id in both and node.id not in bound:
                return node.id
    return None


def changed_by_code(site: RawSite, module: ParsedModule) -> str | None:
    """A name of the code around that the block changes in place; None where there is none.

    Airflow runs the block once, the flow with each run: the second would find what the first left.
    """
    outside = _bound_outside(site, module)
    for statement in _scope(site, module) if site.path else ():
        if statement is not site.statement and statement not in site.moved:
            outside |= _binds(statement)
    own = bound_in(site.body)
    changed = {name for statement in site.body for name in changed_in(statement)}
    return min((changed & outside) - own - {site.variable or ""}, default=None)


def _in_order(statement: grammar.Statement) -> list[grammar.Name]:
    """The nodes of a statement as Python evaluates them: an assignment's value before its targets."""
    if isinstance(statement, _DEFINITIONS):
        return []
    names = own(statement, grammar.Name)
    if isinstance(statement, (grammar.Assign, grammar.AnnAssign, grammar.AugAssign)):
        names.sort(key=lambda name: name.ctx != "load")
    return names


def _bound_by_code(site: RawSite, tasks: Collection[grammar.Node]) -> set[str]:
    """What the block binds to something else than a task."""
    found: set[str] = set()
    for statement in site.body:
        match statement:
            case grammar.Assign(targets=[grammar.Name()], value=value) if value in tasks:
                continue
        found |= _binds(statement)
    return found


def _bound_outside(site: RawSite, module: ParsedModule) -> set[str]:
    inside = {id(site.statement), *map(id, site.moved)}
    found: set[str] = set()
    for statement in module.tree.body:
        if id(statement) in inside:
            continue
        found |= _binds(statement)
        imported = own(statement, grammar.Alias)
        found |= {alias.asname or alias.name.partition(".")[0] for alias in imported}
    return found


def changed_later(
    site: RawSite,
    module: ParsedModule,
    inherited: Iterable[grammar.Node] = (),
    settled: Iterable[grammar.Node] = (),
) -> str | None:
    """A name that the block reads and that changes before the flow runs; None where there is none.

    `inherited` are expressions of `default_args`, which the flow's tasks hold then, `settled` arguments
    of the DAG whose values are written out.

    Airflow reads it when the DAG is built, the flow when it runs: for a DAG that is made in a loop it
    would find the last turn's value, for a name that is bound anew the last one.
    """
    passed = {id(node) for one in settled for node in loads(one)}
    reads = {
        node.id
        for statement in [*site.body, site.statement, *inherited]
        for node in loads(statement)
        if id(node) not in passed
    }
    own = bound_in(site.body) if site.form != "decorator" else set()
    scope = _scope(site, module)
    bound = Counter(name for statement in scope for name in _binds(statement))
    changed = set()
    for statement in scope:
        # What is bound once, behind the DAG, has one value for both.
        changed |= {n for n in _bound_behind(statement, site) if bound[n] != 1}
        changed |= _changed_behind(statement, site)
        changed |= _turned(statement, site)
    return min((reads & changed) - own - {site.variable or ""}, default=None)


def _scope(site: RawSite, module: ParsedModule) -> list[grammar.Statement]:
    """The statements of the function that the site stands in, or of the module."""
    body = module.tree.body
    for name in site.path:
        inner = [
            one
            for statement in body
            for one in below(statement, *_DEFINITIONS)
            if one.name == name and one.holds(site.statement)
        ]
        body = inner[0].body if inner else body
    return body


def _turned(statement: grammar.Statement, site: RawSite) -> set[str]:
    """What a loop round the site binds."""
    if not statement.holds(site.statement):
        return set()
    loops = own(statement, grammar.For, grammar.AsyncFor, grammar.While)
    around = [loop for loop in loops if loop.holds(site.statement)]
    return {node.id for loop in around for node in stores(loop)}


def _is_behind(statement: grammar.Statement, site: RawSite) -> bool:
    return statement not in site.moved and statement.number > site.statement.last


def _bound_behind(statement: grammar.Statement, site: RawSite) -> set[str]:
    return _binds(statement) if _is_behind(statement, site) else set()


def _changed_behind(statement: grammar.Statement, site: RawSite) -> set[str]:
    """What a statement behind the site changes in place."""
    if not _is_behind(statement, site):
        return set()
    return changed_in(statement)


def changed_in(statement: grammar.Statement) -> set[str]:
    """What a statement changes in place, functions inside of it left out."""
    asked = own(statement, grammar.Subscript, grammar.Call)
    return {name for node in asked for name in changes(node)}


def _binds(statement: grammar.Statement) -> set[str]:
    if isinstance(statement, _DEFINITIONS):
        return {statement.name}
    return {node.id for node in own_stores(statement)}


def asks_the_dag(site: RawSite) -> str | None:
    """`dag.tasks`: something that the block asks of the DAG object, which a flow's graph has not."""
    if site.variable is None or site.form == "decorator":
        return None
    for statement in site.body:
        asked = _asked(statement, site.variable)
        if asked is not None:
            return asked
    return None


def helper_asks(function: grammar.FunctionDef | grammar.AsyncFunctionDef) -> str | None:
    """The same for a helper that is handed the DAG as its parameter `dag`."""
    if all(parameter.arg != "dag" for parameter in below(function.args, grammar.Parameter)):
        return None
    found = (_asked(statement, "dag") for statement in function.body)
    return next((asked for asked in found if asked is not None), None)


def _asked(statement: grammar.Statement, variable: str) -> str | None:
    for node in own(statement, grammar.Attribute):
        match node:
            case grammar.Attribute(value=grammar.Name(id=name), attr=attr, ctx=context) if (
                name == variable
            ):
                described = attr in DESCRIPTIVE and context != "load"
                if not described:
                    return f"{variable}.{attr}"
    return None


# What a task of a flow's graph can be asked for, as Airflow's can.
_OF_A_TASK = DESCRIPTIVE | {
    "output",
    "set_upstream",
    "set_downstream",
    "as_setup",
    "as_teardown",
    "task_id",
}


def asks_a_task(site: RawSite, tasks: Collection[grammar.Node]) -> str | None:
    """`extract.retries = 5`: what the block asks or changes of a task that a variable holds."""
    variables = set()
    for statement in site.body:
        for assigned in own(statement, grammar.Assign):
            match assigned:
                case grammar.Assign(targets=[grammar.Name(id=name)], value=value) if value in tasks:
                    variables.add(name)
    for statement in site.body if variables else ():
        for node in own(statement, grammar.Attribute, grammar.Call):
            match node:
                case grammar.Attribute(value=grammar.Name(id=name), attr=attr) if name in variables:
                    if attr not in _OF_A_TASK:
                        return f"{name}.{attr}"
                case grammar.Call(
                    func=grammar.Name(id="setattr" | "getattr" as function),
                    args=[grammar.Name(id=name), *_],
                ) if name in variables:
                    return f"{function}({name}, ...)"
    return None
