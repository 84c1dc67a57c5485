"""Finds the places that make DAGs, and the statements that build each graph."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from dagferry.lowering.scopes import name_loads
from dagferry.source.airflow_names import DAG_CLASSES, DAG_DECORATORS, decorator_of
from dagferry.source.project import ParsedModule
from dagferry.source.scope import qualified
from dagferry.source.walking import own_nodes, walk


@dataclass(eq=False)
class RawSite:
    """A place that makes a DAG. `key` is what the machine knows it by."""

    form: str
    statement: ast.stmt
    call: ast.expr
    key: ast.AST
    variable: str | None
    path: tuple[str, ...]
    body: list[ast.stmt]
    moved: list[ast.stmt] = field(default_factory=list)
    returned: ast.Return | None = None
    problem: str | None = None


def find_sites(module: ParsedModule) -> list[RawSite]:
    """The DAG sites of a module in the order of their places."""
    sites: list[RawSite] = []
    _search(module.tree.body, (), module, sites)
    _odd_ones(module, sites)
    sites.sort(key=lambda site: (site.statement.lineno, site.statement.col_offset))
    return sites


def is_dag_call(node: ast.AST, module: ParsedModule) -> bool:
    """Whether an expression makes a DAG."""
    return isinstance(node, ast.Call) and qualified(node.func, module.imports) in DAG_CLASSES


def _search(
    body: list[ast.stmt], path: tuple[str, ...], module: ParsedModule, sites: list[RawSite]
) -> None:
    for index, statement in enumerate(body):
        site = _site(statement, body, index, path, module)
        if site is not None:
            sites.append(site)
            continue
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            _search(statement.body, (*path, statement.name), module, sites)
            continue
        for inner in _suites(statement):
            _search(inner, path, module, sites)


def _suites(statement: ast.stmt) -> list[list[ast.stmt]]:
    found = [getattr(statement, name, []) for name in ("body", "orelse", "finalbody")]
    handlers = [handler.body for handler in getattr(statement, "handlers", [])]
    return [suite for suite in [*found, *handlers] if suite]


def _site(
    statement: ast.stmt,
    body: list[ast.stmt],
    index: int,
    path: tuple[str, ...],
    module: ParsedModule,
) -> RawSite | None:
    match statement:
        case ast.With(items=[item, *rest]) if is_dag_call(item.context_expr, module):
            return _with_site(statement, item, bool(rest), body, index, path, module)
        case ast.FunctionDef():
            decorator = decorator_of(statement, module)
            if decorator is not None and decorator[0] in DAG_DECORATORS:
                return _decorated_site(statement, decorator[1], path)
        case ast.Assign(targets=[ast.Name(id=name)], value=call) if is_dag_call(call, module):
            return _variable_site(statement, call, name, body, index, path, module)
    return None


def _with_site(
    statement: ast.With,
    item: ast.withitem,
    several: bool,
    body: list[ast.stmt],
    index: int,
    path: tuple[str, ...],
    module: ParsedModule,
) -> RawSite:
    variable = item.optional_vars.id if isinstance(item.optional_vars, ast.Name) else None
    call = item.context_expr
    site = RawSite("with", statement, call, call, variable, path, list(statement.body))
    if several:
        site.problem = "a `with` of several items"
    last = site.body[-1]
    if isinstance(last, ast.Return):
        site.returned = last
        site.body.pop()
    own = bound_in(site.body) | ({variable} if variable else set())
    _gather(site, body[index + 1 :], own, module)
    return site


def _decorated_site(
    statement: ast.FunctionDef, decorator: ast.expr, path: tuple[str, ...]
) -> RawSite:
    return RawSite(
        "decorator", statement, decorator, statement, statement.name, path, list(statement.body)
    )


def _variable_site(
    statement: ast.Assign,
    call: ast.expr,
    name: str,
    body: list[ast.stmt],
    index: int,
    path: tuple[str, ...],
    module: ParsedModule,
) -> RawSite:
    site = RawSite("variable", statement, call, call, name, path, [])
    rest = body[index + 1 :]
    if path and rest and _returns(rest[-1], name):
        rest = rest[:-1]
    _gather(site, rest, {name}, module)
    return site


def _opens(statement: ast.stmt, name: str) -> bool:
    match statement:
        case ast.With(items=[ast.withitem(context_expr=ast.Name(id=opened))]):
            return opened == name
    return False


def _returns(statement: ast.stmt, name: str) -> bool:
    match statement:
        case ast.Return(value=ast.Name(id=returned)):
            return returned == name
    return False


def _gather(site: RawSite, rest: list[ast.stmt], names: set[str], module: ParsedModule) -> None:
    """Take over the statements behind the DAG that build its graph: they mention what is its own."""
    _gather_mentions(site, rest, names, module)
    _gather_beginnings(site, rest, module)


def _gather_beginnings(site: RawSite, rest: list[ast.stmt], module: ParsedModule) -> None:
    """Take over `made = []` and `last = None` where nothing but the DAG's code mentions the name."""
    everywhere = _mentions(module.nodes)
    inside = _mentions(node for statement in site.body for node in walk(statement))
    for statement in rest:
        name = _begun(statement)
        if name is None or statement in site.moved:
            continue
        if inside[name] and everywhere[name] == inside[name] + 1:
            site.body.append(statement)
            site.moved.append(statement)
    site.body.sort(key=lambda one: one.lineno)
    site.moved.sort(key=lambda one: one.lineno)


def _mentions(nodes: Iterable[ast.AST]) -> Counter[str]:
    return Counter(node.id for node in nodes if isinstance(node, ast.Name))


def _begun(statement: ast.stmt) -> str | None:
    """The name that is bound to None, a number, or an empty list, dict or text."""
    match statement:
        case ast.Assign(
            targets=[ast.Name(id=name)],
            value=ast.Constant() | ast.List(elts=[]) | ast.Dict(keys=[]),
        ):
            return name
    return None


def _gather_mentions(
    site: RawSite, rest: list[ast.stmt], names: set[str], module: ParsedModule
) -> None:
    for statement in rest:
        if _rebinds(statement, site.variable, module):
            # The same name for another DAG: what follows is that one's.
            return
        if site.variable is not None and _opens(statement, site.variable):
            assert isinstance(statement, ast.With)
            site.body += statement.body
            site.moved.append(statement)
            names |= bound_in(statement.body)
            continue
        if _stays(statement, module):
            names -= _rebound(statement)
            continue
        mentions = ({name.id for name in name_loads(statement)} | _deleted(statement)) & names
        if not mentions or _only_publishes(statement, site.variable):
            # What it binds anew is not the DAG's any more.
            names -= _rebound(statement)
            continue
        site.body.append(statement)
        site.moved.append(statement)
        names |= bound_in([statement])


def _rebound(statement: ast.stmt) -> set[str]:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {statement.name}
    if is_main_block(statement):
        return set()
    stored = (n for n in own_nodes(statement) if isinstance(n, ast.Name))
    return {node.id for node in stored if isinstance(node.ctx, ast.Store)}


def _deleted(statement: ast.stmt) -> set[str]:
    targets = statement.targets if isinstance(statement, ast.Delete) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _rebinds(statement: ast.stmt, variable: str | None, module: ParsedModule) -> bool:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name == variable and is_dag_call(value, module)
        case ast.With(items=[ast.withitem(context_expr=call, optional_vars=ast.Name(id=name))]):
            return name == variable and is_dag_call(call, module)
    return False


def _stays(statement: ast.stmt, module: ParsedModule) -> bool:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return True
    if isinstance(statement, (ast.Import, ast.ImportFrom, ast.Return)) or is_main_block(statement):
        return True
    return any(is_dag_call(node, module) for node in walk(statement))


def is_main_block(statement: ast.stmt) -> bool:
    """Whether a statement is `if __name__ == "__main__":`."""
    match statement:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
    return False


def _only_publishes(statement: ast.stmt, variable: str | None) -> bool:
    """`globals()[dag_id] = dag`: it hands the DAG on and adds nothing to it."""
    match statement:
        case ast.Assign(value=ast.Name(id=name)):
            return name == variable
    return False


def bound_in(body: list[ast.stmt]) -> set[str]:
    """The names that statements bind, at any depth."""
    return {
        node.id
        for statement in body
        for node in walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _odd_ones(module: ParsedModule, sites: list[RawSite]) -> None:
    """DAGs made in the middle of an expression: seen, and refused."""
    known = {site.call for site in sites}
    odd = [node for node in module.nodes if node not in known and is_dag_call(node, module)]
    if not odd:
        return
    for statement in module.nodes:
        if not isinstance(statement, ast.stmt) or _suites(statement):
            continue
        for node in set(walk(statement)) & set(odd):
            assert isinstance(node, ast.Call)
            site = RawSite("expression", statement, node, node, None, (), [])
            site.problem = "a DAG that is made inside an expression"
            sites.append(site)
