"""`*args` and `**kwargs` of a `@dag` function: Airflow hands them nothing, a flow has no use for them."""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.lowering.dag_site import RawSite
from dagferry.model.project import Annotation
from dagferry.source.functions import read_parameters
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar
from dagferry.syntax.walking import loads


def star_parameters(site: RawSite, module: ParsedModule) -> Iterator[Annotation]:
    """What of the signature goes: each with the comma before it, or behind it if it is the first."""
    if site.form != "decorator" or not isinstance(site.statement, grammar.FunctionDef):
        return
    found = list(read_parameters(site.statement, module))
    for position, one in enumerate(found):
        if one.kind not in {"star", "double"}:
            continue
        kept = [p for p in found[:position] if p.kind not in {"star", "double"}]
        start = found[position - 1].span.end if kept else one.span.start
        after = found[position + 1].span.start if position + 1 < len(found) else one.span.end
        end = one.span.end if kept else after
        yield Annotation(span=module.source.between(start, end), text="")


def read_star(site: RawSite) -> str | None:
    """The first of them that the function's own code takes the value of."""
    if site.form != "decorator" or not isinstance(site.statement, grammar.FunctionDef):
        return None
    arguments = site.statement.args
    stars = {one.arg for one in (arguments.vararg, arguments.kwarg) if one is not None}
    read = {node.id for statement in site.statement.body for node in loads(statement)}
    return min(stars & read, default=None)
