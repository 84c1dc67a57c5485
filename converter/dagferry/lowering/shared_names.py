"""Names that DAG-building code binds at the top level and that other code of the folder reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dagferry.lowering.dag_site import RawSite
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar
from dagferry.syntax.once import once
from dagferry.syntax.scopes import Scope, scopes
from dagferry.syntax.walking import below, loads, own, own_stores

_CALLABLES = (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.Lambda)
_DEFINITIONS = (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.ClassDef)


def read_by_others(
    site: RawSite, module: ParsedModule, sites: Sequence[RawSite]
) -> tuple[str, list[RawSite]] | None:
    """A name of a block that code outside the block reads, and the DAGs which that spoils.

    A `with` block shares its names with the module; in the flow's function they are local, and gone.
    Where a function or a class reads the name, every DAG of the module may come to it.
    """
    if site.form == "decorator":
        return None
    own = _binds(site) - {site.variable}
    for name in sorted(own & _read_by_definitions(site, module, sites)):
        return name, [one for one in sites if one.path == site.path]
    others = [] if site.path else [one for one in sites if _reads_any(one, own)]
    for other in others:
        if other is site or other.path or other.form == "decorator":
            continue
        for name in sorted(own & (_reads(other) - _binds(other))):
            return name, [site, other]
    return None


def _binds(site: RawSite) -> set[str]:
    return {name for statement in site.body for name in _bound(statement)}


@once
def _bound(statement: grammar.Statement) -> frozenset[str]:
    if isinstance(statement, _DEFINITIONS):
        return frozenset([statement.name])
    stored = {node.id for node in own_stores(statement) if node.ctx == "store"}
    aliases = own(statement, grammar.Alias)
    imported = {alias.asname or alias.name.partition(".")[0] for alias in aliases}
    return frozenset(stored | imported | {node.name for node in own(statement, *_DEFINITIONS)})


@once
def _read(node: grammar.Node) -> frozenset[str]:
    return frozenset(name.id for name in loads(node))


def _reads_any(site: RawSite, names: set[str]) -> bool:
    return any(not names.isdisjoint(_read(one)) for one in [site.call, *site.body])


def _reads(site: RawSite) -> set[str]:
    return {name for statement in [site.call, *site.body] for name in _read(statement)}


def _read_by_definitions(site: RawSite, module: ParsedModule, sites: Sequence[RawSite]) -> set[str]:
    """What functions and classes outside the block take from the module."""
    found: set[str] = set()
    wanted = _binds(site) - {site.variable}
    for one in _definitions(module.tree) if wanted else ():
        names = one.enclosing if site.path else one.module
        if wanted.isdisjoint(names) or one.path[: len(site.path)] != site.path:
            continue
        owners = [other for other in sites if _holds(other, one.node)]
        if site not in owners:
            found |= names - set().union(*map(_binds, owners))
    return found


def _holds(site: RawSite, node: grammar.Node) -> bool:
    return any(statement.holds(node) for statement in [site.statement, *site.moved])


@dataclass(frozen=True)
class _Definition:
    """A function or class, what stands around it, and what it takes from outside."""

    node: grammar.Node
    path: tuple[str, ...]
    module: frozenset[str]
    enclosing: frozenset[str]


@once
def _definitions(module: grammar.Module) -> tuple[_Definition, ...]:
    return tuple(_below(scopes(module), ()))


def _below(outer: Scope, path: tuple[str, ...]) -> Iterator[_Definition]:
    for one in outer.inner:
        assert one.node is not None
        yield _Definition(one.node, path, one.global_reads(), one.enclosing_reads())
        yield from _below(one, (*path, one.name))


def asked_in_functions(
    module: ParsedModule, sites: Iterable[RawSite], attribute: str | None = None
) -> set[grammar.Attribute]:
    """`dag.dag_id` in a function that takes the DAG's variable from the module; `attribute` or any."""
    found: set[grammar.Attribute] = set()
    for site in sites:
        if site.path or site.variable is None or site.form == "decorator":
            continue
        for one in _definitions(module.tree):
            if site.variable not in one.module or not isinstance(one.node, _CALLABLES):
                continue
            found |= {
                node
                for node in below(one.node, grammar.Attribute)
                if node.owner == one.node.number
                and isinstance(node.value, grammar.Name)
                and node.value.id == site.variable
                and attribute in (None, node.attr)
            }
    return found
