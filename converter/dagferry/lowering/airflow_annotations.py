"""Annotations that name what of Airflow a flow does not have: they go, the code does the same."""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.constructs._registry import is_replaced
from dagferry.lowering.airflow_use import outermost_of
from dagferry.model.project import Annotation
from dagferry.source.project import ParsedModule, is_airflow
from dagferry.source.scope import qualified
from dagferry.source.text import SourceText
from dagferry.syntax import grammar
from dagferry.syntax.index import parsed_expression
from dagferry.syntax.parse import Unreadable
from dagferry.syntax.walking import walk


def airflow_annotations(module: ParsedModule) -> tuple[Annotation, ...]:
    """Those of parameters and results with what introduces them; a variable's becomes `object`."""
    return tuple(sorted(_found(module), key=lambda one: one.span.start))


def _found(module: ParsedModule) -> Iterator[Annotation]:
    for node in module.nodes:
        if isinstance(node, grammar.Parameter) and _names_airflow(node.annotation, module):
            yield _of_parameter(node, module.source)
        elif isinstance(node, grammar.AnnAssign) and _names_airflow(node.annotation, module):
            yield Annotation(span=module.source.span(node.annotation), text="object")
        elif _names_airflow(returns := getattr(node, "returns", None), module):
            assert returns is not None
            yield _of_result(returns, module.source)


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
    parts = [annotation, *filter(None, map(_written, walk(annotation)))]
    names = (qualified(n, module.imports) for part in parts for n in outermost_of(part))
    return any(name and is_airflow(name) and not is_replaced(name) for name in names)


def _written(node: grammar.Node) -> grammar.Expression | None:
    """An annotation that is written as a string."""
    match node:
        case grammar.Constant(value=str(text)):
            try:
                return parsed_expression(text)
            except Unreadable:
                return None
    return None
