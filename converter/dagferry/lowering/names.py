"""Names that DAG-building code shares with the module around it, once it moves into a function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dagferry.lowering.dag_site import RawSite, bound_in
from dagferry.source.bound_names import changes
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar
from dagferry.syntax.once import once
from dagferry.syntax.walking import around, loads, own, own_stores, owners, stores

_Scope = grammar.Module | grammar.FunctionDef | grammar.AsyncFunctionDef | grammar.ClassDef
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
    both = _bound_outside(site, module, _bound_by_code(site, tasks))
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
    changed = {name for statement in site.body for name in changed_in(statement)}
    changed -= bound_in(site.body) | {site.variable or ""}
    outside = _bound_outside(site, module, changed)
    if site.path and changed:
        inside = {id(site.statement), *map(id, site.moved)}
        binding = _suite(_scope(site, module)).binding
        outside |= {
            name
            for name in changed
            if any(id(statement) not in inside for statement in binding.get(name, ()))
        }
    return min(outside, default=None)


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


def _bound_outside(site: RawSite, module: ParsedModule, names: Iterable[str]) -> set[str]:
    """Those of some names that the top level binds outside of a site, by imports as well."""
    inside = {id(site.statement), *map(id, site.moved)}
    top = _suite(module.tree)
    return {
        name
        for name in names
        if any(
            id(statement) not in inside
            for statement in (*top.binding.get(name, ()), *top.importing.get(name, ()))
        )
    }


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
    would find the last iteration's value, for a name that is bound again the last one.
    """
    passed = {id(node) for one in settled for node in loads(one)}
    reads = {
        node.id
        for statement in [*site.body, site.statement, *inherited]
        for node in loads(statement)
        if id(node) not in passed
    }
    reads -= {site.variable or ""} | (bound_in(site.body) if site.form != "decorator" else set())
    scope = _scope(site, module)
    turned, suite = _turned(site), _suite(scope)
    return min(
        (name for name in reads if name in turned or _changes_behind(name, suite, site)),
        default=None,
    )


def _scope(site: RawSite, module: ParsedModule) -> _Scope:
    """The function (or class) that the site stands in, or the module."""
    found: _Scope = module.tree
    outer = [one for one in owners(site.statement) if isinstance(one, _DEFINITIONS)]
    for name in site.path:
        while outer:
            one = outer.pop()
            if one.name == name:
                found = one
                break
    return found


def _turned(site: RawSite) -> set[str]:
    """What the loops bind that the site stands in, within its own function."""
    loops = (grammar.For, grammar.AsyncFor, grammar.While)
    turning = [one for one in (site.statement, *around(site.statement)) if isinstance(one, loops)]
    return {n.id for loop in turning if loop.owner == site.statement.owner for n in stores(loop)}


def _is_behind(statement: grammar.Statement, site: RawSite) -> bool:
    return statement not in site.moved and statement.number > site.statement.last


def _changes_behind(name: str, suite: _Suite, site: RawSite) -> bool:
    """Whether a statement behind the site changes a name in place, or binds it anew.

    What is bound once, behind the DAG, has one value for both.
    """
    binding = suite.binding.get(name, ())
    changing = [*suite.changing.get(name, ()), *(binding if len(binding) > 1 else ())]
    return any(_is_behind(statement, site) for statement in changing)


@dataclass(frozen=True)
class _Suite:
    """The statements of a scope by the names that they bind, import, and change in place."""

    binding: Mapping[str, Sequence[grammar.Statement]]
    importing: Mapping[str, Sequence[grammar.Statement]]
    changing: Mapping[str, Sequence[grammar.Statement]]


@once
def _suite(scope: _Scope) -> _Suite:
    binding, importing, changing = (
        defaultdict[str, list[grammar.Statement]](list) for _ in range(3)
    )
    for statement in scope.body:
        for name in _binds(statement):
            binding[name].append(statement)
        for alias in own(statement, grammar.Alias):
            importing[alias.asname or alias.name.partition(".")[0]].append(statement)
        for name in changed_in(statement):
            changing[name].append(statement)
    return _Suite(binding, importing, changing)


@once
def changed_in(statement: grammar.Statement) -> set[str]:
    """What a statement changes in place, functions inside of it left out."""
    asked = own(statement, grammar.Subscript, grammar.Call)
    return {name for node in asked for name in changes(node)}


@once
def _binds(statement: grammar.Statement) -> set[str]:
    if isinstance(statement, _DEFINITIONS):
        return {statement.name}
    return {node.id for node in own_stores(statement)}
