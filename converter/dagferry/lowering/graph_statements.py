"""Finds the statements behind a DAG that build its graph: those that mention what is the DAG's own."""

from __future__ import annotations

from dagferry.lowering.dag_site import RawSite, bound_in, is_dag_call, is_main_block
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, loads, named, own_stores


def gather(
    site: RawSite, rest: list[grammar.Statement], names: set[str], module: ParsedModule
) -> None:
    """Take over the statements behind the DAG that build its graph: they mention what is its own."""
    _gather_mentions(site, rest, names, module)
    _gather_beginnings(site, rest, module)
    site.body.sort(key=lambda one: one.number)
    site.moved.sort(key=lambda one: one.number)


def _gather_beginnings(site: RawSite, rest: list[grammar.Statement], module: ParsedModule) -> None:
    """Take over `made = []` and `last = None` where nothing but the DAG's code mentions the name."""
    begun = [(name, one) for one in rest if (name := _begun(one)) and one not in site.moved]
    if not begun:
        return
    for name, statement in begun:
        inside = sum(len(named(one, name)) for one in site.body)
        if inside and len(named(module.tree, name)) == inside + 1:
            site.body.append(statement)
            site.moved.append(statement)


def _begun(statement: grammar.Statement) -> str | None:
    """The name that is bound to None, a number, or an empty list, dict or text."""
    match statement:
        case grammar.Assign(
            targets=[grammar.Name(id=name)],
            value=grammar.Constant() | grammar.List(elts=[]) | grammar.Dict(keys=[]),
        ):
            return name
    return None


def _gather_mentions(
    site: RawSite, rest: list[grammar.Statement], names: set[str], module: ParsedModule
) -> None:
    for statement in rest:
        if statement in site.moved:
            continue
        if _rebinds(statement, site.variable, module):
            # The same name for another DAG: what follows is that one's.
            return
        if site.variable is not None and _opens(statement, site.variable):
            assert isinstance(statement, grammar.With)
            site.body += statement.body
            site.moved.append(statement)
            names |= bound_in(statement.body)
            continue
        if _stays(statement, module):
            names -= _rebound(statement)
            continue
        mentions = ({name.id for name in loads(statement)} | _deleted(statement)) & names
        if not mentions or _only_publishes(statement, site.variable):
            # What it binds anew is not the DAG's any more.
            names -= _rebound(statement)
            continue
        site.body.append(statement)
        site.moved.append(statement)
        names |= bound_in([statement])


def _opens(statement: grammar.Statement, name: str) -> bool:
    match statement:
        case grammar.With(items=[grammar.WithItem(context_expr=grammar.Name(id=opened))]):
            return opened == name
    return False


def _rebound(statement: grammar.Statement) -> set[str]:
    if isinstance(statement, (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.ClassDef)):
        return {statement.name}
    if is_main_block(statement):
        return set()
    return {name.id for name in own_stores(statement) if name.ctx == "store"}


def _deleted(statement: grammar.Statement) -> set[str]:
    targets = statement.targets if isinstance(statement, grammar.Delete) else []
    return {target.id for target in targets if isinstance(target, grammar.Name)}


def _rebinds(statement: grammar.Statement, variable: str | None, module: ParsedModule) -> bool:
    match statement:
        case grammar.Assign(targets=[grammar.Name(id=name)], value=value):
            return name == variable and is_dag_call(value, module)
        case grammar.With(
            items=[grammar.WithItem(context_expr=call, optional_vars=grammar.Name(id=name))]
        ):
            return name == variable and is_dag_call(call, module)
    return False


def _stays(statement: grammar.Statement, module: ParsedModule) -> bool:
    if isinstance(statement, (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.ClassDef)):
        return True
    if isinstance(statement, (grammar.Import, grammar.ImportFrom, grammar.Return)) or is_main_block(
        statement
    ):
        return True
    return any(is_dag_call(node, module) for node in below(statement, grammar.Call))


def _only_publishes(statement: grammar.Statement, variable: str | None) -> bool:
    """`globals()[dag_id] = dag`: it hands the DAG on and adds nothing to it."""
    match statement:
        case grammar.Assign(targets=[grammar.Attribute(attr="dag")]):
            return False
        case grammar.Assign(value=grammar.Name(id=name)):
            return name == variable
    return False
