"""What the passes over a module ask of its lowering."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from dagferry.findings import Finding
from dagferry.lowering.airflow_use import Mention
from dagferry.lowering.dag_site import RawSite
from dagferry.lowering.header import Header
from dagferry.lowering.tasks import LoweredTask
from dagferry.messages import Reason
from dagferry.model.dag import DeploymentFacts
from dagferry.model.task import Refusal
from dagferry.source.abstract import Builder
from dagferry.source.machine import Machine
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar


class ModuleReader(Protocol):
    """One module on its way to the model.

    `positions` are those of the calls in `tasks`, `leftover` the mentions of Airflow that no DAG is given up
    for, `dag_ids` the places that ask a DAG for its id.
    """

    module: ParsedModule
    machine: Machine
    version: int
    sites: list[RawSite]
    headers: dict[RawSite, Header]
    refusals: dict[RawSite, Refusal]
    tasks: list[LoweredTask]
    positions: dict[grammar.Node, int]
    leftover: list[Mention]
    dag_ids: set[grammar.Attribute]
    findings: list[Finding]

    def deployment(self, site: RawSite, builder: Builder | None) -> DeploymentFacts:
        """What the deployment of one of a site's DAGs says."""

    def refuse(self, site: RawSite, why: Reason, line: int = 0) -> None:
        """Refuse a DAG as a whole: its flow becomes a stub that raises."""


#: The DAG sites of a folder, each with the module that it stands in, by the call or function that makes it.
Sites = Mapping[grammar.Node, tuple[ModuleReader, RawSite]]
