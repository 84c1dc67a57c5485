"""Names that DAG-building code shares with the module around it, once it moves into a function."""

from __future__ import annotations

import ast
from collections.abc import Collection

from dagferry.lowering.sites import RawSite
from dagferry.source.functions import own_nodes
from dagferry.source.project import ParsedModule


def read_before_bound(
    site: RawSite, module: ParsedModule, tasks: Collection[ast.AST]
) -> str | None:
    """A name that the block takes from the module and then binds itself; None where there is none.

    At the top level both are one variable; in the flow's function the first read would fail.
    What a task runs is told apart by the emission, which gives such a function another name.
    """
    if site.path or site.form == "decorator":
        return None
    outside = _bound_outside(site, module)
    bound: set[str] = set()
    for statement in site.body:
        for node in _in_order(statement):
            if not isinstance(node.ctx, ast.Load):
                bound.add(node.id)
            elif node.id in outside and node.id not in bound and _binds_later(node.id, site, tasks):
                return node.id
    return None


def _in_order(statement: ast.stmt) -> list[ast.Name]:
    """The nodes of a statement as Python evaluates them: an assignment's value before its targets."""
    nodes = [statement, *own_nodes(statement)]
    names = [n for n in nodes if isinstance(n, ast.Name)]
    loads = [n for n in names if isinstance(n.ctx, ast.Load)]
    if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        return [*loads, *(n for n in names if not isinstance(n.ctx, ast.Load))]
    return sorted(names, key=lambda name: (name.lineno, name.col_offset))


def _binds_later(name: str, site: RawSite, tasks: Collection[ast.AST]) -> bool:
    for statement in site.body:
        match statement:
            case ast.Assign(targets=[ast.Name()], value=value) if value in tasks:
                continue
        for node in [statement, *own_nodes(statement)]:
            if (
                isinstance(node, ast.Name)
                and node.id == name
                and not isinstance(node.ctx, ast.Load)
            ):
                return True
    return False


def _bound_outside(site: RawSite, module: ParsedModule) -> set[str]:
    inside = {id(site.statement), *map(id, site.moved)}
    found: set[str] = set()
    for statement in module.tree.body:
        if id(statement) in inside:
            continue
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(statement.name)
            continue
        for node in [statement, *own_nodes(statement)]:
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                found.add(node.id)
            elif isinstance(node, ast.alias):
                found.add(node.asname or node.name.partition(".")[0])
    return found
