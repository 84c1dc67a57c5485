"""Finds the places that make DAGs, and the statements that build each graph."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from dagferry.lowering.airflow_use import airflow_reads
from dagferry.messages import Reason, reason
from dagferry.source.airflow_names import DAG_CLASSES, DAG_DECORATORS, decorator_of
from dagferry.source.project import ParsedModule
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.walking import around, below, loads, named, own_stores, stores


@dataclass(eq=False)
class RawSite:
    """A place that makes a DAG. `key` is what the machine knows it by."""

    form: str
    statement: grammar.Statement
    call: grammar.Expression
    key: grammar.Node
    variable: str | None
    path: tuple[str, ...]
    body: list[grammar.Statement]
    moved: list[grammar.Statement] = field(default_factory=list)
    returned: grammar.Return | None = None
    problem: Reason | None = None


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


def is_dag_call(node: grammar.Node, module: ParsedModule) -> bool:
    """Whether an expression makes a DAG."""
    return isinstance(node, grammar.Call) and qualified(node.func, module.imports) in DAG_CLASSES


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
    _gather(site, body[index + 1 :], own, module)
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
    _gather(site, rest, own, module)
    return site


def _take_adopted(site: RawSite, suite: list[grammar.Statement], adopted: Adopted) -> set[str]:
    """Take over the statements that make tasks outside of the DAG; the names that they bind."""
    making = adopted.get(site.key, ())
    found = [one for one in suite if one is not site.statement and one in making]
    site.body += found
    site.moved += found
    return bound_in(found)


def _opens(statement: grammar.Statement, name: str) -> bool:
    match statement:
        case grammar.With(items=[grammar.WithItem(context_expr=grammar.Name(id=opened))]):
            return opened == name
    return False


def _returns(statement: grammar.Statement, name: str) -> bool:
    match statement:
        case grammar.Return(value=grammar.Name(id=returned)):
            return returned == name
    return False


def _gather(
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


def is_main_block(statement: grammar.Statement) -> bool:
    """Whether a statement is `if __name__ == "__main__":`."""
    match statement:
        case grammar.If(test=grammar.Compare(left=grammar.Name(id="__name__"))):
            return True
    return False


def _only_publishes(statement: grammar.Statement, variable: str | None) -> bool:
    """`globals()[dag_id] = dag`: it hands the DAG on and adds nothing to it."""
    match statement:
        case grammar.Assign(targets=[grammar.Attribute(attr="dag")]):
            return False
        case grammar.Assign(value=grammar.Name(id=name)):
            return name == variable
    return False


def bound_in(body: list[grammar.Statement]) -> set[str]:
    """The names that statements bind, at any depth."""
    return {name.id for one in body for name in stores(one) if name.ctx == "store"}


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
