"""Lowers the calls that put tasks into groups: what each says of its group."""

from __future__ import annotations

from dataclasses import replace

from dagferry.constructs._base import Call
from dagferry.constructs._registry import claimant
from dagferry.lowering.module_reader import ModuleReader, Sites
from dagferry.messages import Reason
from dagferry.source.abstract import GroupValue
from dagferry.source.arguments import Arguments
from dagferry.syntax import grammar


def read_groups(reader: ModuleReader, sites: Sites) -> None:
    """Let their constructs read the module's calls that make groups. A refusal costs the DAG."""
    calls = reader.machine.group_calls
    for node in reader.module.index.of(grammar.Call):
        if node in calls:
            _read(node, calls[node], reader, sites)


def _read(node: grammar.Call, groups: list[GroupValue], reader: ModuleReader, sites: Sites) -> None:
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
            owner.refuse(site, Reason(refused.code, refused.subject, refused.cause), place.line)
