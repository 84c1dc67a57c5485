"""Every mention of Airflow must be accounted for: what no construct claims is refused by name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from dagferry import messages
from dagferry.constructs._registry import class_names, is_replaced, replacements
from dagferry.findings import Finding
from dagferry.model.values import Span
from dagferry.source.project import ParsedModule, is_airflow
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.walking import around, below, loads, named, own_stores, owners, stores

_OF_TASKS = re.compile(r"\bAIRFLOW_CTX_[A-Z_]+\b")


@dataclass(frozen=True)
class Mention:
    """A place where the code names something of Airflow's that nothing replaces."""

    node: grammar.Expression
    origin: str
    span: Span


@dataclass(frozen=True, eq=False)
class AirflowRead:
    """A name or dotted name that means something of Airflow's, where the code reads it."""

    node: grammar.Expression
    first: grammar.Name
    origin: str

    @property
    def is_annotation(self) -> bool:
        """Whether it stands in the annotation of a parameter, a variable or a result."""
        inner: grammar.Node = self.node
        for outer in around(self.node):
            if inner in (getattr(outer, "annotation", None), getattr(outer, "returns", None)):
                return True
            inner = outer
        return False

    @property
    def asks_for_class(self) -> bool:
        """`isinstance(task, PythonOperator)`: a task of a flow may be of another class."""
        if self.origin not in class_names():
            return False
        calls = (one.func for one in around(self.node) if isinstance(one, grammar.Call))
        names = {one.id for one in calls if isinstance(one, grammar.Name)}
        return bool(names & {"isinstance", "issubclass"}) or any(
            isinstance(one, grammar.Compare) for one in around(self.node)
        )

    def is_bound_in(self, node: grammar.Node) -> bool:
        """Whether a function that stands in a node, and that it stands in, binds its first name."""
        return _is_bound(self.first, node)


def airflow_reads(module: ParsedModule) -> list[AirflowRead]:
    """Everything of Airflow's that the module reads by name, in the order of the text; found once."""
    found: list[AirflowRead] | None = module.__dict__.get("_airflow_reads")
    if found is None:
        found = module.__dict__["_airflow_reads"] = [
            AirflowRead(node, first, origin)
            for node, first in _chains(module)
            if (origin := qualified(node, module.imports)) and is_airflow(origin)
        ]
    return found


def mentions(module: ParsedModule) -> list[Mention]:
    """Every use of a name of Airflow's that has no replacement, annotations left out."""
    local = _bound_by_code(module)
    return [
        Mention(read.node, read.origin, module.source.span(read.node))
        for read in airflow_reads(module)
        if not (is_replaced(read.origin) and not read.asks_for_class)
        and read.first.id not in local
        and not read.is_annotation
        and not read.is_bound_in(module.tree)
    ]


def _bound_by_code(module: ParsedModule) -> frozenset[str]:
    """Names that the top level binds by more than imports: they are not Airflow's any more."""
    return frozenset(name.id for name in own_stores(module.tree))


def outermost(node: grammar.Node) -> Iterator[tuple[grammar.Expression, grammar.Name]]:
    """Every name or dotted name in a node that is read, with its first name.

    Those that a function inside of the node binds are left out.
    """
    for first in loads(node):
        if not _is_bound(first, node):
            yield _chain(first, node), first


def _chains(module: ParsedModule) -> Iterator[tuple[grammar.Expression, grammar.Name]]:
    found = [one for name in module.imports for one in named(module.tree, name)]
    for first in sorted(found, key=lambda one: one.number):
        if first.ctx == "load":
            yield _chain(first, module.tree), first


def _chain(name: grammar.Name, within: grammar.Node) -> grammar.Expression:
    """The dotted name that a name begins, as far as it stands in a node."""
    found: grammar.Expression = name
    for outer in around(name):
        if not isinstance(outer, grammar.Attribute) or not within.holds(outer):
            break
        found = outer
    return found


def _is_bound(name: grammar.Name, within: grammar.Node) -> bool:
    """Whether a function inside of a node binds a name that it reads."""
    for owner in owners(name):
        if owner is within or not within.holds(owner):
            return False
        if not isinstance(owner, grammar.ClassDef) and name.id in _bound_by(owner):
            return True
    return False


def _bound_by(function: grammar.Node) -> set[str]:
    """The names that a function binds: parameters, and what its own body assigns."""
    assert isinstance(function, (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.Lambda))
    given = {one.arg for one in below(function.args, grammar.Parameter)}
    return given | {one.id for one in stores(function) if one.owner == function.number}


def star_imports(module: ParsedModule) -> list[Finding]:
    """A finding for every `from airflow... import *`: only the names that are known are followed."""
    return [
        messages.found("star import", module=node.module, line=node.line)
        for node in module.index.of(grammar.ImportFrom)
        if node.names[0].name == "*" and is_airflow(node.module or "")
    ]


def environment_names(module: ParsedModule) -> list[Finding]:
    """A finding for every string that names an environment variable which Airflow sets for tasks."""
    return [
        messages.found("environment variable", name=name, line=node.line)
        for node in module.index.of(grammar.Constant)
        if isinstance(node.value, str)
        for name in sorted(set(_OF_TASKS.findall(node.value)))
    ]


def stand_ins(module: ParsedModule, leftover: list[Mention]) -> tuple[list[Mention], str | None]:
    """Expressions of the top level to replace by a stand-in, and what no stand-in can save.

    `asset = Dataset("x")` is run when the module is imported: its value becomes a stand-in that
    raises when it is used. A decorator or an `if` would use it at once.
    """
    replaced: list[Mention] = []
    broken: str | None = None
    for mention in leftover:
        node, origin = mention.node, mention.origin
        statement = next(one for one in module.tree.body if one.holds(node))
        if not _is_evaluated(node, statement):
            continue
        whole = next((one for one in _values(statement) if one.holds(node)), None)
        if whole is not None:
            replaced.append(Mention(whole, origin, module.source.span(whole)))
        elif not isinstance(node, grammar.Name) or not _harmless(statement, node):
            broken = broken or f"`{origin}` on line {node.line}"
    return replaced, broken


def _values(statement: grammar.Statement) -> list[grammar.Expression]:
    if isinstance(statement, (grammar.Assign, grammar.AnnAssign)) and statement.value is not None:
        return list(_elements(statement.value))
    return []


def _elements(value: grammar.Expression) -> Iterator[grammar.Expression]:
    """What lists, tuples and dicts hold: one that has no conversion costs none of the others."""
    match value:
        case grammar.List(elts=parts) | grammar.Tuple(elts=parts) if not _spreads(parts):
            for part in parts:
                yield from _elements(part)
        case grammar.Dict(keys=keys, values=values) if None not in keys:
            for part in values:
                yield from _elements(part)
        case _:
            yield value


def _spreads(parts: list[grammar.Expression]) -> bool:
    """Whether a display takes in all that another holds: a stand-in cannot be taken apart."""
    return any(isinstance(part, grammar.Starred) for part in parts)


def _is_evaluated(node: grammar.Expression, statement: grammar.Statement) -> bool:
    """Whether a statement of the top level evaluates an expression when the module is imported."""
    if isinstance(statement, (grammar.FunctionDef, grammar.AsyncFunctionDef)):
        return any(r.holds(node) for r in (*statement.decorator_list, *statement.args.defaults))
    if isinstance(statement, grammar.ClassDef):
        return any(root.holds(node) for root in (*statement.decorator_list, *statement.bases))
    return node.owner == statement.owner


def _harmless(statement: grammar.Statement, node: grammar.Expression) -> bool:
    """A class may derive from a stand-in; making one of it is what raises."""
    return isinstance(statement, grammar.ClassDef) and node in statement.bases


def dotted_replacements(
    module: ParsedModule, rewritten: Collection[grammar.Node] = ()
) -> list[Mention]:
    """Names with a replacement that are written through a module: `errors.AirflowException`.

    Those in `rewritten` go with the calls that they stand in.
    """
    found = []
    for node in module.index.of(grammar.Attribute):
        origin = qualified(node, module.imports)
        if origin in replacements() and node not in rewritten:
            found.append(Mention(node, origin, module.source.span(node)))
    return found
