"""Every mention of Airflow must be accounted for: what no construct claims is refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dagferry.constructs._registry import is_replaced, replacements
from dagferry.findings import Finding
from dagferry.model.values import Span
from dagferry.source.project import ParsedModule, is_airflow
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.walking import body_nodes, children, own_nodes, walk

_OF_TASKS = re.compile(r"\bAIRFLOW_CTX_[A-Z_]+\b")


@dataclass(frozen=True)
class Mention:
    """A place where the code names something of Airflow's that nothing replaces."""

    node: grammar.Expression
    origin: str
    span: Span


def mentions(module: ParsedModule) -> list[Mention]:
    """Every use of a name of Airflow's that has no replacement, annotations left out."""
    found: list[Mention] = []
    quiet = {node for annotation in annotation_nodes(module.nodes) for node in walk(annotation)}
    for node in outermost(module.tree, _bound_by_code(module)):
        origin = qualified(node, module.imports)
        if origin is None or not is_airflow(origin) or node in quiet:
            continue
        if not is_replaced(origin):
            found.append(Mention(node, origin, module.source.span(node)))
    return found


def _bound_by_code(module: ParsedModule) -> frozenset[str]:
    """Names that the top level binds by more than imports: they are not Airflow's any more."""
    return frozenset(
        node.id
        for statement in module.tree.body
        for node in [statement, *own_nodes(statement)]
        if isinstance(node, grammar.Name) and node.ctx != "load"
    )


def outermost(
    tree: grammar.Node, local: frozenset[str] = frozenset()
) -> Iterator[grammar.Expression]:
    """Every name or dotted name below a node that is read and that no function binds itself."""
    for child in children(tree):
        yield from outermost_of(child, local)


def outermost_of(
    node: grammar.Node, local: frozenset[str] = frozenset()
) -> Iterator[grammar.Expression]:
    """The same for a node itself and what is below it."""
    if isinstance(node, (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.Lambda)):
        yield from outermost(node, local | _bound_by(node))
    elif isinstance(node, grammar.Attribute) and _is_chain(node):
        if _first(node) not in local:
            yield node
    elif isinstance(node, grammar.Name):
        if node.ctx == "load" and node.id not in local:
            yield node
    else:
        yield from outermost(node, local)


def _bound_by(
    function: grammar.FunctionDef | grammar.AsyncFunctionDef | grammar.Lambda,
) -> frozenset[str]:
    """The names that a function binds: parameters, and what its own body assigns."""
    found = {node.arg for node in walk(function.args) if isinstance(node, grammar.Parameter)}
    for node in body_nodes(function):
        if isinstance(node, grammar.Name) and node.ctx != "load":
            found.add(node.id)
    return frozenset(found)


def _first(node: grammar.Expression) -> str:
    while isinstance(node, grammar.Attribute):
        node = node.value
    return node.id if isinstance(node, grammar.Name) else ""


def _is_chain(node: grammar.Expression) -> bool:
    while isinstance(node, grammar.Attribute):
        node = node.value
    return isinstance(node, grammar.Name)


def annotation_nodes(nodes: Iterable[grammar.Node]) -> Iterator[grammar.Expression]:
    """Every annotation of parameters, variables and results."""
    for node in nodes:
        if isinstance(node, (grammar.Parameter, grammar.AnnAssign)) and node.annotation is not None:
            yield node.annotation
        elif (
            isinstance(node, (grammar.FunctionDef, grammar.AsyncFunctionDef))
            and node.returns is not None
        ):
            yield node.returns


def star_imports(module: ParsedModule) -> list[Finding]:
    """A finding for every `from airflow... import *`: only the names that are known are followed."""
    return [
        Finding(
            code="DF110",
            message=f"`from {node.module} import *`: only names that dagferry knows are followed",
            hint="import the names that the file uses",
            line=node.line,
        )
        for node in module.nodes
        if isinstance(node, grammar.ImportFrom)
        and node.names[0].name == "*"
        and is_airflow(node.module or "")
    ]


def environment_names(module: ParsedModule) -> list[Finding]:
    """A finding for every text that names a variable of the environment which Airflow sets for tasks."""
    found = []
    for node in module.nodes:
        if isinstance(node, grammar.Constant) and isinstance(node.value, str):
            for name in sorted(set(_OF_TASKS.findall(node.value))):
                message = f"`{name}` is an environment variable that nothing sets in a flow"
                hint = "use a template, a param or an argument"
                found.append(Finding(code="DF603", message=message, hint=hint, line=node.line))
    return found


def stand_ins(module: ParsedModule, leftover: list[Mention]) -> tuple[list[Mention], str | None]:
    """Expressions of the top level to replace by a stand-in, and what no stand-in can save.

    `asset = Dataset("x")` is run when the module is imported: its value becomes a stand-in that
    raises when it is used. A decorator or an `if` would use it at once.
    """
    replaced: list[Mention] = []
    broken: str | None = None
    wanted = {mention.node: mention for mention in leftover}
    for statement in module.tree.body:
        values = _values(statement)
        for node in _import_time(statement):
            if node not in wanted:
                continue
            origin = wanted[node].origin
            whole = next((v for v in values if node in set(walk(v))), None)
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
        case grammar.List(elts=parts) | grammar.Tuple(elts=parts):
            for part in parts:
                yield from _elements(part)
        case grammar.Dict(keys=keys, values=values) if None not in keys:
            for part in values:
                yield from _elements(part)
        case _:
            yield value


def _import_time(statement: grammar.Statement) -> list[grammar.Expression]:
    """What a statement of the top level evaluates when the module is imported."""
    if isinstance(statement, (grammar.FunctionDef, grammar.AsyncFunctionDef)):
        roots: list[grammar.Node] = [*statement.decorator_list, *statement.args.defaults]
    elif isinstance(statement, grammar.ClassDef):
        roots = [*statement.decorator_list, *statement.bases]
    else:
        roots = [statement, *own_nodes(statement)]
        return [node for node in roots if isinstance(node, grammar.Expression)]
    return [n for root in roots for n in walk(root) if isinstance(n, grammar.Expression)]


def _harmless(statement: grammar.Statement, node: grammar.Expression) -> bool:
    """A class may derive from a stand-in; making one of it is what raises."""
    return isinstance(statement, grammar.ClassDef) and node in statement.bases


def dotted_replacements(module: ParsedModule) -> list[Mention]:
    """Names with a replacement that are written through a module: `errors.AirflowException`."""
    found = []
    for node in module.nodes:
        if not isinstance(node, grammar.Attribute):
            continue
        origin = qualified(node, module.imports)
        if origin in replacements():
            found.append(Mention(node, origin, module.source.span(node)))
    return found
