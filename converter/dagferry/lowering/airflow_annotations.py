"""Annotations that name what of Airflow a flow does not have: they go, the code does the same."""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.constructs._registry import class_names, is_replaced
from dagferry.lowering.airflow_use import outermost
from dagferry.model.project import Annotation
from dagferry.source.project import ParsedModule, is_airflow
from dagferry.source.scope import qualified
from dagferry.source.text import SourceText
from dagferry.syntax import grammar
from dagferry.syntax.index import parsed_expression
from dagferry.syntax.parse import Unreadable
from dagferry.syntax.walking import below


def airflow_annotations(module: ParsedModule) -> tuple[Annotation, ...]:
    """Those of parameters and results with what introduces them; a variable's becomes `object`."""
    return tuple(sorted(_found(module), key=lambda one: one.span.start))


def _found(module: ParsedModule) -> Iterator[Annotation]:
    for given in module.index.of(grammar.Parameter):
        if _names_airflow(given.annotation, module):
            yield _of_parameter(given, module.source)
    for bound in module.index.of(grammar.AnnAssign):
        if _names_airflow(bound.annotation, module):
            yield Annotation(span=module.source.span(bound.annotation), text="object")
    for function in below(module.tree, grammar.FunctionDef, grammar.AsyncFunctionDef):
        if function.returns is not None and _names_airflow(function.returns, module):
            yield _of_result(function.returns, module.source)


def _of_parameter(node: grammar.Parameter, source: SourceText) -> Annotation:
    """From behind the name to the end, or to the default: `dag_run: DagRun = None`."""
    span = source.span(node)
    rest = source.text[span.end :]
    if not rest.lstrip().startswith("="):
        return Annotation(span=source.between(span.start + len(node.arg), span.end), text="")
    behind = rest.lstrip()[1:].lstrip()
    end = len(source.text) - len(behind)
    return Annotation(span=source.between(span.start + len(node.arg), end), text="=")


def _of_result(returns: grammar.Expression, source: SourceText) -> Annotation:
    span = source.span(returns)
    arrow = source.text.rindex("->", 0, span.start)
    start = len(source.text[:arrow].rstrip())
    return Annotation(span=source.between(start, span.end), text="")


def _names_airflow(annotation: grammar.Expression | None, module: ParsedModule) -> bool:
    if annotation is None:
        return False
    written = map(_written, below(annotation, grammar.Constant))
    parts = [annotation, *filter(None, written)]
    names = (qualified(n, module.imports) for part in parts for n, _ in outermost(part))
    return any(name and is_airflow(name) and not _is_kept(name) for name in names)


def _is_kept(name: str) -> bool:
    """A task is no operator in every form that its call may have."""
    return is_replaced(name) and name not in class_names()


def _written(node: grammar.Node) -> grammar.Expression | None:
    """An annotation that is written as a string."""
    match node:
        case grammar.Constant(value=str(text)):
            try:
                return parsed_expression(text)
            except Unreadable:
                return None
    return None
