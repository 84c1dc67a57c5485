"""Lowers the calls that put tasks into groups: what each says, and what its tasks take from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from dagferry.constructs._base import Call, Refused
from dagferry.constructs._registry import claimant
from dagferry.errors import Impossible
from dagferry.source.abstract import GroupValue
from dagferry.source.arguments import Arguments, followed_items
from dagferry.source.constants import Located
from dagferry.syntax import grammar

if TYPE_CHECKING:
    from dagferry.lowering.module import ModuleLowering, Sites


def group_defaults(groups: Iterable[GroupValue]) -> dict[str, Located]:
    """The `default_args` of open groups, the inner ones over the outer.

    Airflow 2.11.2 and 3.3.2 lay them over those of the DAG. Raises Refused where they are computed.
    """
    found: dict[str, Located] = {}
    for group in groups:
        if group.default_args is None:
            continue
        origin, value = group.default_args
        try:
            found |= followed_items(Located(origin.node, origin.scope.module, value))
        except Impossible:
            raise Refused("DF305", "a task whose group's `default_args` are computed") from None
    return found


def read_groups(reader: ModuleLowering, sites: Sites) -> None:
    """Let their constructs read the module's calls that make groups. A refusal costs the DAG."""
    calls = reader.machine.group_calls
    for node in reader.module.index.of(grammar.Call):
        if node in calls:
            _read(node, calls[node], reader, sites)


def _read(
    node: grammar.Call, groups: list[GroupValue], reader: ModuleLowering, sites: Sites
) -> None:
    construct = claimant(groups[0].origin)
    assert construct is not None
    call = Call(
        node=node,
        arguments=Arguments(node, {}, reader.module, reader.machine.project),
        function_of=lambda _: None,
        name=None,
        origin=groups[0].origin,
    )
    call.attempt(lambda: construct.read(call), None)
    place = reader.module.source.span(node)
    reader.findings += [
        replace(one, line=place.line, column=place.column, construct=construct.name)
        for one in call.findings
    ]
    for key in dict.fromkeys(group.builder.site for group in groups):
        owner, site = sites[key]
        for refused in call.refusals:
            owner.refuse(site, refused.code, refused.subject, place.line)
