"""Reads a module's top level: the statement ledger, and every import."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dagferry.lowering.dag_site import RawSite, is_main_block
from dagferry.model.toplevel import ImportedName, ImportStatement, TopStatement
from dagferry.source.project import ParsedModule, is_airflow
from dagferry.source.scope import absolute_base, bindings
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, named, own, own_stores, owners, stores

_IMPORTS = (grammar.Import, grammar.ImportFrom)
_DEFINITIONS = (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.ClassDef)


def read_top(
    module: ParsedModule, sites: Sequence[RawSite], dag_calls: Sequence[grammar.Call]
) -> tuple[TopStatement, ...]:
    """What every statement of the top level is."""
    owners: dict[grammar.Statement, tuple[str, int]] = {}
    for position, site in enumerate(sites):
        for statement in site.moved:
            owners.setdefault(statement, ("moved", position))
    for position, site in enumerate(sites):
        owners[site.statement] = ("site", position)
    found = []
    for index, node in enumerate(module.tree.body):
        kind, owner = owners.get(node, (_kind(node, index, dag_calls), None))
        found.append(TopStatement(kind=kind, span=module.source.full_span(node), site=owner))
    return tuple(found)


def _kind(node: grammar.Statement, index: int, dag_calls: Sequence[grammar.Call]) -> str:
    match node:
        case grammar.Expr(value=grammar.Constant(value=str())) if index == 0:
            return "docstring"
        case grammar.ImportFrom(module="__future__"):
            return "future"
        case grammar.Import() | grammar.ImportFrom():
            return "import"
        case grammar.FunctionDef() | grammar.AsyncFunctionDef() | grammar.ClassDef():
            return "definition"
        case grammar.Expr(value=value) if value in dag_calls:
            return "dag_call"
    return "main" if is_main_block(node) else "kept"


def read_imports(module: ParsedModule) -> tuple[ImportStatement, ...]:
    """Every import of the module, in order."""
    found = []
    for node in below(module.tree, *_IMPORTS):
        if getattr(node, "module", "") == "__future__":
            continue
        top = node in module.tree.body
        suite = module.tree.body if top else _suite(node)
        alone = all(isinstance(one, _IMPORTS) for one in suite)
        found.append(_import(node, module, top, alone))
    return tuple(found)


def _suite(node: grammar.Statement) -> list[grammar.Statement]:
    """The statements that one stands among."""
    around = node.parent
    for name in ("body", "orelse", "finalbody"):
        suite = getattr(around, name, None)
        if isinstance(suite, list) and node in suite:
            return suite
    return [node]


def _import(
    node: grammar.Import | grammar.ImportFrom, module: ParsedModule, top: bool, alone: bool
) -> ImportStatement:
    head = "import"
    if isinstance(node, grammar.ImportFrom):
        head = f"from {'.' * node.level}{node.module or ''} import"
    own = bindings(node, module.name, module.is_package, module.known)
    bound = [(local, module.canonical(origin)) for local, origin in own]
    star = node.names[0].name == "*"
    written = ["*"] * len(bound) if star else [_written(alias) for alias in node.names]
    names = tuple(
        ImportedName(local=local, origin=origin, written=text, airflow=is_airflow(origin))
        for (local, origin), text in zip(bound, written)
    )
    if star and not names:
        origin = (
            absolute_base(node, module.name, module.is_package)
            if isinstance(node, grammar.ImportFrom)
            else ""
        )
        names = (ImportedName(local="*", origin=origin, written="*", airflow=is_airflow(origin)),)
    return ImportStatement(
        span=module.source.span(node), head=head, names=names, top=top, alone=alone
    )


def _written(alias: grammar.Alias) -> str:
    return f"{alias.name} as {alias.asname}" if alias.asname else alias.name


def top_names(module: ParsedModule, sites: Sequence[RawSite]) -> tuple[str, ...]:
    """The names that the top level binds, without those that only DAG-building code binds."""
    gone = {id(statement) for site in sites for statement in [site.statement, *site.moved]}
    decorated = [site.statement for site in sites if site.form == "decorator"]
    kept = [node for node in module.tree.body if id(node) not in gone or node in decorated]
    return tuple(sorted({name for node in kept for name in _bound(node)}))


def _bound(node: grammar.Statement) -> set[str]:
    if isinstance(node, (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.ClassDef)):
        return {node.name}
    bound = {name.id for name in stores(node) if name.ctx == "store"}
    imported = below(node, grammar.Alias)
    return bound | {alias.asname or alias.name.partition(".")[0] for alias in imported}


def is_mentioned(
    site: RawSite, module: ParsedModule, sites: Sequence[RawSite], tasks: Collection[grammar.Node]
) -> bool:
    """Whether code that stays where it is names the DAG's variable (not as `dag=dag` of a task).

    What builds another DAG that a variable of the same name holds means that one.
    """
    if site.variable is None or site.form == "decorator" or site.path:
        return False
    same = [one for one in sites if one.variable == site.variable]
    gone = {id(statement) for one in same for statement in [one.statement, *one.moved]}
    for node in module.tree.body:
        if id(node) in gone or is_main_block(node):
            continue
        read = [name for name in named(node, site.variable) if name.ctx == "load"]
        if not read or _parameter(node, site.variable):
            continue
        made = [call for call in below(node, grammar.Call) if call in tasks]
        if not all(any(call.holds(name) for call in made) for name in read):
            return True
    return False


def _parameter(node: grammar.Statement, name: str) -> bool:
    return any(parameter.arg == name for parameter in below(node, grammar.Parameter))


def bound_names(
    module: ParsedModule, sites: Sequence[RawSite], tasks: Collection[grammar.Node]
) -> tuple[str, ...]:
    """What binds names where flows and their helpers stand: the top level, and functions round them.

    Imports are left out: they are what generated names come from.
    """
    found = {name for node in module.tree.body for name in _stored(node)}
    made = [*(site.statement for site in sites), *tasks]
    round_them = {one for node in made for one in (node, *owners(node))}
    for node in below(module.tree, grammar.FunctionDef, grammar.AsyncFunctionDef):
        if node in round_them:
            found |= {parameter.arg for parameter in below(node.args, grammar.Parameter)}
            found |= {name for statement in node.body for name in _stored(statement)}
    return tuple(sorted(found))


def _stored(statement: grammar.Statement) -> set[str]:
    if isinstance(statement, _DEFINITIONS):
        return {statement.name}
    defined = {one.name for one in own(statement, *_DEFINITIONS)}
    return defined | {name.id for name in own_stores(statement)}


def top_bound(module: ParsedModule, sites: Sequence[RawSite]) -> tuple[str, ...]:
    """What the top level binds by anything but an import, DAG-building code left out."""
    gone = {id(s) for site in sites for s in [site.statement, *site.moved]}
    kept = [node for node in module.tree.body if id(node) not in gone]
    return tuple(sorted({name for node in kept for name in _stored(node)}))
