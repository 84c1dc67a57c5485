"""Variables of a factory that only the DAG's own call reads: in a flow nothing would read them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from dagferry.lowering.dag_site import RawSite
from dagferry.model.values import Code, Span
from dagferry.source.project import ParsedModule
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, loads, stores

#: What makes a date, a duration or a zone changes nothing else: leaving it out is not noticed.
_HARMLESS = ("datetime.", "pendulum.", "zoneinfo.", "dateutil.")
_PLAIN = (grammar.Constant, grammar.Name, grammar.Attribute, grammar.Keyword, grammar.UnaryOp)
_DISPLAYS = (grammar.Dict, grammar.List, grammar.Tuple, grammar.Set)


def idle_statements(site: RawSite, module: ParsedModule, kept: Iterable[str]) -> tuple[Span, ...]:
    """The assignments of the function around a DAG that are idle once the DAG's call is gone.

    `kept` are names that the flow's own code mentions.
    """
    around = module.index.nodes[site.statement.owner] if site.statement.owner >= 0 else None
    if not isinstance(around, (grammar.FunctionDef, grammar.AsyncFunctionDef)):
        return ()
    taken = {*kept, *_schedule_names(site.call)}
    return tuple(
        module.source.span(statement)
        for statement in around.body
        if isinstance(statement, grammar.Assign)
        and statement not in site.body
        and _is_idle(statement, around, site, taken)
        and all(_is_pure(node, module) for node in below(statement.value, grammar.Call))
        and _is_plain(statement.value)
    )


def _is_idle(
    statement: grammar.Assign, around: grammar.Node, site: RawSite, taken: set[str]
) -> bool:
    match statement.targets:
        case [grammar.Name(id=name)]:
            bound = [one for one in stores(around) if one.id == name]
            read = [one for one in loads(around) if one.id == name]
            inside = bool(read) and all(site.call.holds(one) for one in read)
            return inside and len(bound) == 1 and name not in taken
    return False


def _schedule_names(call: grammar.Expression) -> set[str]:
    keywords = call.keywords if isinstance(call, grammar.Call) else []
    asked = [one.value for one in keywords if one.arg in {"schedule", "schedule_interval"}]
    return {name.id for value in asked for name in loads(value)}


def _is_pure(call: grammar.Call, module: ParsedModule) -> bool:
    return (qualified(call.func, module.imports) or "").startswith(_HARMLESS)


def _is_plain(value: grammar.Node) -> bool:
    """Whether evaluating an expression only makes plain data."""
    kinds = (*_PLAIN, *_DISPLAYS, grammar.Call)
    return all(isinstance(node, kinds) for node in value.home.nodes[value.number : value.last + 1])


def mentioned_in(values: Iterable[Any]) -> Iterator[str]:
    """The names in every expression of the user's that values of the model carry."""
    for value in values:
        if isinstance(value, Code):
            yield from value.names
        if isinstance(value, tuple):
            yield from mentioned_in(value)
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            yield from mentioned_in(getattr(value, one.name) for one in dataclasses.fields(value))
