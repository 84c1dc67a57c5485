"""What the passes over a module ask of its lowering."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from dagferry.findings import Finding
from dagferry.lowering.dag_site import RawSite
from dagferry.lowering.header import Header
from dagferry.lowering.tasks import LoweredTask
from dagferry.messages import Reason
from dagferry.model.task import Refusal
from dagferry.source.machine import Machine
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar


class ModuleReader(Protocol):
    """One module on its way to the model; `positions` are those of the calls in `tasks`."""

    module: ParsedModule
    machine: Machine
    version: int
    sites: list[RawSite]
    headers: dict[RawSite, Header]
    refusals: dict[RawSite, Refusal]
    tasks: list[LoweredTask]
    positions: dict[grammar.Node, int]
    findings: list[Finding]

    def refuse(self, site: RawSite, why: Reason, line: int = 0) -> None:
        """Refuse a DAG as a whole: its flow becomes a stub that raises."""


#: The DAG sites of a folder, each with the module that it stands in, by the call or function that makes it.
Sites = Mapping[grammar.Node, tuple[ModuleReader, RawSite]]
