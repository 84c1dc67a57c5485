"""Finds the places that make DAGs; a DAG in the middle of an expression is seen, and refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dagferry.lowering.airflow_use import airflow_reads
from dagferry.lowering.dag_site import RawSite, bound_in, is_dag_call
from dagferry.lowering.graph_statements import gather
from dagferry.messages import reason
from dagferry.source.airflow_names import DAG_CLASSES, DAG_DECORATORS, decorator_of
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar
from dagferry.syntax.walking import around

Adopted = Mapping[grammar.Node, Collection[grammar.Statement]]


def find_sites(module: ParsedModule, adopted: Adopted | None = None) -> list[RawSite]:
    """The DAG sites of a module in the order of their places.

    `adopted` are statements, by the call that makes their DAG, whose tasks get it from an edge alone.
    """
    sites: list[RawSite] = []
    _search(module.tree.body, (), module, sites, adopted or {})
    _odd_ones(module, sites)
    sites.sort(key=lambda site: site.statement.number)
    return sites


def _search(
    body: list[grammar.Statement],
    path: tuple[str, ...],
    module: ParsedModule,
    sites: list[RawSite],
    adopted: Adopted,
) -> None:
    for index, statement in enumerate(body):
        site = _site(statement, body, index, path, module, adopted)
        if site is not None:
            sites.append(site)
            continue
        if isinstance(statement, (grammar.FunctionDef, grammar.AsyncFunctionDef)):
            _search(statement.body, (*path, statement.name), module, sites, adopted)
            continue
        for inner in _suites(statement):
            _search(inner, path, module, sites, adopted)


def _suites(statement: grammar.Statement) -> list[list[grammar.Statement]]:
    found = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody")]
    handlers = [handler.body for handler in getattr(statement, "handlers", [])]
    return [suite for suite in [*found, *handlers] if suite]


def _site(
    statement: grammar.Statement,
    body: list[grammar.Statement],
    index: int,
    path: tuple[str, ...],
    module: ParsedModule,
    adopted: Adopted,
) -> RawSite | None:
    match statement:
        case grammar.With(items=[item, *rest]) if is_dag_call(item.context_expr, module):
            return _with_site(statement, item, bool(rest), body, index, path, module, adopted)
        case grammar.FunctionDef():
            decorator = decorator_of(statement, module)
            if decorator is not None and decorator[0] in DAG_DECORATORS:
                return _decorated_site(statement, decorator[1], path)
        case grammar.Assign(targets=[grammar.Name(id=name)], value=call) if is_dag_call(
            call, module
        ):
            return _variable_site(statement, call, name, body, index, path, module, adopted)
    return None


def _with_site(
    statement: grammar.With,
    item: grammar.WithItem,
    several: bool,
    body: list[grammar.Statement],
    index: int,
    path: tuple[str, ...],
    module: ParsedModule,
    adopted: Adopted,
) -> RawSite:
    variable = item.optional_vars.id if isinstance(item.optional_vars, grammar.Name) else None
    call = item.context_expr
    site = RawSite("with", statement, call, call, variable, path, list(statement.body))
    if several:
        site.problem = reason("with of several items")
    last = site.body[-1]
    if isinstance(last, grammar.Return):
        site.returned = last
        site.body.pop()
    own = bound_in(site.body) | ({variable} if variable else set())
    own |= _take_adopted(site, body, adopted)
    gather(site, body[index + 1 :], own, module)
    return site


def _decorated_site(
    statement: grammar.FunctionDef, decorator: grammar.Expression, path: tuple[str, ...]
) -> RawSite:
    return RawSite(
        "decorator", statement, decorator, statement, statement.name, path, list(statement.body)
    )


def _variable_site(
    statement: grammar.Assign,
    call: grammar.Expression,
    name: str,
    body: list[grammar.Statement],
    index: int,
    path: tuple[str, ...],
    module: ParsedModule,
    adopted: Adopted,
) -> RawSite:
    site = RawSite("variable", statement, call, call, name, path, [])
    if isinstance(call, grammar.Call) and getattr(call.func, "id", None) == name:
        site.problem = reason("variable that hides its class", name=name)
    rest = body[index + 1 :]
    if path and rest and _returns(rest[-1], name):
        rest = rest[:-1]
    own = {name} | _take_adopted(site, body, adopted)
    gather(site, rest, own, module)
    return site


def _take_adopted(site: RawSite, suite: list[grammar.Statement], adopted: Adopted) -> set[str]:
    """Take over the statements that make tasks outside of the DAG; the names that they bind."""
    making = adopted.get(site.key, ())
    found = [one for one in suite if one is not site.statement and one in making]
    site.body += found
    site.moved += found
    return bound_in(found)


def _returns(statement: grammar.Statement, name: str) -> bool:
    match statement:
        case grammar.Return(value=grammar.Name(id=returned)):
            return returned == name
    return False


def _odd_ones(module: ParsedModule, sites: list[RawSite]) -> None:
    """DAGs made in the middle of an expression: seen, and refused."""
    known = {site.call for site in sites}
    for read in airflow_reads(module):
        node = read.node.parent
        if read.origin not in DAG_CLASSES or node is None or node in known:
            continue
        if not is_dag_call(node, module):
            continue
        assert isinstance(node, grammar.Call)
        for statement in around(node):
            if not isinstance(statement, grammar.Statement) or _suites(statement):
                continue
            site = RawSite("expression", statement, node, node, None, (), [])
            site.problem = reason("DAG inside an expression")
            sites.append(site)
