"""Lowers one module: its DAG sites, the tasks they and its helpers make, the functions they run."""

from __future__ import annotations

from dagferry.constructs._base import Refused
from dagferry.findings import REQUIRED, Finding
from dagferry.lowering.airflow_use import Mention, environment_names, star_imports
from dagferry.lowering.dag_arguments import dag_arguments, site_arguments
from dagferry.lowering.dag_definitions import find_sites
from dagferry.lowering.dag_site import RawSite
from dagferry.lowering.defaults import Defaults, defaults_of, has_none
from dagferry.lowering.groups import read_groups
from dagferry.lowering.header import Header
from dagferry.lowering.headers import read_header
from dagferry.lowering.module_model import module_model
from dagferry.lowering.module_reader import Sites
from dagferry.lowering.scopes import scopes_of
from dagferry.lowering.star_parameters import read_star
from dagferry.lowering.task_calls import task_calls
from dagferry.lowering.tasks import LoweredTask, TaskLowering
from dagferry.lowering.unclaimed_code import UnclaimedCode
from dagferry.lowering.variable_names import renamed_variables
from dagferry.messages import Reason, of_dag, reason, refused
from dagferry.model.dag import Dag, DeploymentFacts
from dagferry.model.project import Module
from dagferry.model.task import Refusal
from dagferry.model.values import Const
from dagferry.source.abstract import Builder
from dagferry.source.arguments import Arguments
from dagferry.source.machine import Machine
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar


class ModuleLowering:
    """One module on its way to the model; `findings` fills as it goes."""

    def __init__(self, module: ParsedModule, machine: Machine, version: int) -> None:
        self.module = module
        self.machine = machine
        self.version = version
        adopted: dict[grammar.Node, list[grammar.Statement]] = {}
        for loose, builder in machine.adopted:
            adopted.setdefault(builder.site, []).extend(loose.path)
        self.sites = find_sites(module, adopted)
        self.positions_of_sites = {site.key: at for at, site in reversed([*enumerate(self.sites)])}
        self.lowering = TaskLowering(module, machine, version)
        self.headers: dict[RawSite, Header] = {}
        self.refusals: dict[RawSite, Refusal] = {}
        self.refused: set[tuple[RawSite, str, str]] = set()
        self.tasks: list[LoweredTask] = []
        self.positions: dict[grammar.Node, int] = {}
        self.leftover: list[Mention] = []
        self.dag_ids: set[grammar.Attribute] = set()
        self.findings: list[Finding] = [
            *star_imports(module),
            *environment_names(module),
            *renamed_variables(module),
        ]

    def read_headers(self) -> None:
        """Read what every DAG of the module says of itself."""
        for site in self.sites:
            builders = self._builders(site)
            arguments = site_arguments(site.call, builders, self.module, self.machine.project)
            line = site.call.line
            made = [self._own_arguments(site, builder) for builder in builders]
            header = read_header(arguments, self.version, line, made if len(made) > 1 else [])
            for refusal in header.refusals:
                self.refuse(site, refusal)
            if site.problem:
                self.refuse(site, site.problem)
            self._check_params(site, header)
            self.headers[site] = header
            self.findings += header.findings

    def _builders(self, site: RawSite) -> list[Builder]:
        return self.machine.builders.get(site.key, [])

    def _own_arguments(self, site: RawSite, builder: Builder) -> Arguments:
        return dag_arguments(site.call, builder, self.module, self.machine.project)

    def deployment(self, site: RawSite, builder: Builder | None) -> DeploymentFacts:
        """What the deployment of one of a site's DAGs says."""
        header = self.headers[site]
        if builder is not None and len(self._builders(site)) > 1:
            line = site.call.line
            header = read_header(self._own_arguments(site, builder), self.version, line)
            # What only this one of the DAGs lacks; what all lack was told before.
            told = self.headers[site].findings
            lacking = [f for f in header.findings if f.severity == REQUIRED and f not in told]
            self.findings += [of_dag(one, builder.dag_id) for one in lacking]
        description = header.description
        text = description.value if isinstance(description, Const) else None
        return DeploymentFacts(
            schedule=header.schedule,
            description=str(text) if text else None,
            tags=header.tags,
            max_active_runs=header.max_active_runs,
            paused=header.paused,
        )

    def _check_params(self, site: RawSite, header: Header) -> None:
        """A param becomes a parameter of the flow: it must not hide what the flow calls."""
        star = read_star(site)
        if star is not None:
            self.refuse(site, reason("starred parameter", name=star))
        taken = {name for name in scopes_of(self.module).functions if "." not in name}
        for param in header.params:
            if param.name in taken:
                self.refuse(site, reason("param that hides a function", param=param.name))

    def refuse(self, site: RawSite, why: Reason, line: int = 0) -> None:
        """Refuse a DAG as a whole: its flow becomes a stub that raises."""
        code, subject, cause = why
        self.refusals.setdefault(site, Refusal(code=code, subject=subject))
        if (site, code, subject) in self.refused:
            return
        self.refused.add((site, code, subject))
        place = line or site.statement.line
        self.findings.append(refused(code, subject, "flow", cause=cause, line=place))

    def read_tasks(self, sites: Sites) -> None:
        """Lower every call that makes a task, with the `default_args` of the DAGs it makes them in."""
        calls = task_calls(self.module, self.machine)
        self.lowering.forgive(set(calls))
        for node in calls:
            self.positions[node] = len(self.tasks)
            lowered = self.lowering.lower(node, self._defaults(node, sites))
            self.tasks.append(lowered)
            self.findings += lowered.findings
        read_groups(self, sites)
        unclaimed = UnclaimedCode(self, sites)
        unclaimed.refuse()
        self.leftover, self.dag_ids = unclaimed.leftover, unclaimed.dag_ids

    def _defaults(self, node: grammar.Call, sites: Sites) -> Defaults:
        builders = self.machine.site_dags.get(node, [])
        loose = [one for one, _ in self.machine.adopted if one.made.call is node]
        if loose and len(loose) < len(builders):
            both = Refused(*reason("task inside and outside of DAGs"))
            return Defaults(unread=both, named=False)
        if loose:
            # Airflow gives a task its default arguments when it is made, and this one had no DAG.
            headers = [sites[one.site][0].headers[sites[one.site][1]] for one in builders]
            return Defaults(named=all(map(has_none, headers)))
        headers = [sites[one.site][0].headers[sites[one.site][1]] for one in builders]
        return defaults_of(headers, self.machine.site_groups.get(node, []))

    def module_model(self, dags: tuple[Dag, ...]) -> Module:
        """The module of the model."""
        return module_model(self, dags)
