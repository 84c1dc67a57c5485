"""Every mention of Airflow must be accounted for: what no construct claims is refused by name."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dagferry.constructs._registry import replacements
from dagferry.model.values import Span
from dagferry.source.project import ParsedModule, is_airflow
from dagferry.source.scope import qualified


@dataclass(frozen=True)
class Mention:
    """A place where the code names something of Airflow's that nothing replaces."""

    node: ast.expr
    origin: str
    span: Span


def mentions(module: ParsedModule) -> list[Mention]:
    """Every use of a name of Airflow's that has no replacement, annotations left out."""
    found: list[Mention] = []
    quiet = {node for annotation in _annotations(module.nodes) for node in ast.walk(annotation)}
    for node in _outermost(module.tree):
        origin = qualified(node, module.imports)
        if origin is None or not is_airflow(origin) or node in quiet:
            continue
        if not _replaced(origin):
            found.append(Mention(node, origin, module.source.span(node)))
    return found


def _replaced(origin: str) -> bool:
    """Whether the name, or something that it is an attribute of, keeps its spelling in the flow."""
    parts = origin.split(".")
    return any(".".join(parts[:count]) in replacements() for count in range(2, len(parts) + 1))


def _outermost(tree: ast.AST) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(tree):
        if (isinstance(child, ast.Attribute) and _is_chain(child)) or (
            isinstance(child, ast.Name) and isinstance(child.ctx, ast.Load)
        ):
            yield child
        else:
            yield from _outermost(child)


def _is_chain(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _annotations(nodes: Iterable[ast.AST]) -> Iterator[ast.expr]:
    for node in nodes:
        if isinstance(node, (ast.arg, ast.AnnAssign)) and node.annotation is not None:
            yield node.annotation
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.returns is not None:
            yield node.returns
