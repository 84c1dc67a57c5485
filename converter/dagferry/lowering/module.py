"""Lowers one module: its DAG sites, the tasks they and its helpers make, the functions they run."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace

from dagferry import messages
from dagferry.constructs._base import Refused
from dagferry.findings import REQUIRED, Finding
from dagferry.lowering.airflow_annotations import airflow_annotations
from dagferry.lowering.airflow_use import (
    dotted_replacements,
    environment_names,
    stand_ins,
    star_imports,
)
from dagferry.lowering.dag_arguments import dag_arguments, site_arguments
from dagferry.lowering.dag_definitions import find_sites
from dagferry.lowering.dag_site import RawSite, bound_in
from dagferry.lowering.defaults import Defaults, defaults_of, has_none
from dagferry.lowering.functions import read_functions
from dagferry.lowering.groups import read_groups
from dagferry.lowering.header import Header
from dagferry.lowering.headers import read_header
from dagferry.lowering.idle_names import idle_statements, mentioned_in
from dagferry.lowering.module_reader import Sites
from dagferry.lowering.scopes import scopes_of
from dagferry.lowering.star_parameters import read_star, star_parameters
from dagferry.lowering.statements import StatementReader, left_out_properties
from dagferry.lowering.task_calls import task_calls
from dagferry.lowering.tasks import LoweredTask, TaskLowering
from dagferry.lowering.toplevel import (
    bound_names,
    is_mentioned,
    read_imports,
    read_top,
    top_bound,
    top_names,
)
from dagferry.lowering.unclaimed_code import UnclaimedCode
from dagferry.lowering.variable_names import renamed_variables
from dagferry.messages import Reason, reason, refused
from dagferry.model.dag import Dag, DagSite, DeploymentFacts, Node
from dagferry.model.function import Function
from dagferry.model.project import Annotation, Module, StandIn
from dagferry.model.task import Refusal
from dagferry.model.values import Const, Span
from dagferry.source.abstract import Builder
from dagferry.source.arguments import Arguments
from dagferry.source.functions import signature_span
from dagferry.source.machine import Machine
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar
from dagferry.syntax.walking import below


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
            self.findings += [one for one in header.findings if one.severity == REQUIRED]
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

    def unmade_dag(self, position: int) -> Dag:
        """A DAG whose code nothing in the folder is seen to run: its tasks are counted all the same."""
        site, header = self.sites[position], self.headers[self.sites[position]]
        tasks = self._tasks_in(site)
        dag_id = str(header.dag_id.value) if isinstance(header.dag_id, Const) else None
        self.findings.append(messages.found("DAG that nothing makes", line=site.statement.line))
        return Dag(
            dag_id=dag_id or f"{{{site.variable or 'dag'}}}",
            family=dag_id is None,
            module=self.module.path,
            site=position,
            attribute=None,
            deployment=self.deployment(site, None),
            nodes=tuple(self._loose_node(task) for task in tasks),
            edges=(),
            exact=False,
        )

    def loose_nodes(
        self, position: int, made: Collection[tuple[str, grammar.Call]]
    ) -> tuple[Node, ...]:
        """Tasks of a site's own code that following it did not come to: they may be made all the same."""
        site, path = self.sites[position], self.module.path
        return tuple(
            self._loose_node(index)
            for index in self._tasks_in(site)
            if (path, self.tasks[index].node) not in made
        )

    def _tasks_in(self, site: RawSite) -> list[int]:
        """The tasks that the calls of a site's own code make."""
        found: set[int] = set()
        for statement in site.body:
            start = bisect_left(self.tasks, statement.number, key=_first)
            found.update(range(start, bisect_right(self.tasks, statement.last, key=_first)))
        return sorted(found)

    def _loose_node(self, position: int) -> Node:
        name = self.tasks[position].task.name
        known = isinstance(name, Const)
        text = str(name.value) if isinstance(name, Const) else "{task_id}"
        path = self.module.path
        return Node(task_id=text, family=not known, conditional=True, module=path, task=position)

    def module_model(self, dags: tuple[Dag, ...]) -> Module:
        """The module of the model."""
        made, broken = stand_ins(self.module, self.leftover)
        if broken is not None and self.sites:
            self._say_broken(broken)
        project = self.machine.project
        local = bound_names(self.module, self.sites, self.positions)
        reader = StatementReader(
            self.module, self.positions, lambda name: project.locate(name) is not None, local
        )
        functions = read_functions(self)
        calls = [node for module, node in self.machine.dag_calls if module is self.module]
        return Module(
            path=self.module.path,
            name=self.module.name,
            text=self.module.source.text,
            tasks=tuple(task.task for task in self.tasks),
            sites=tuple(self._site(site, reader) for site in self.sites),
            dags=dags,
            functions=functions,
            statements=read_top(self.module, self.sites, calls),
            imports=read_imports(self.module),
            dag_calls=tuple(self.module.source.span(node) for node in dict.fromkeys(calls)),
            stand_ins=tuple(StandIn(span=one.span, origin=one.origin) for one in made),
            dotted=tuple(
                StandIn(span=one.span, origin=one.origin)
                for one in dotted_replacements(self.module, self._rewritten())
            ),
            broken=broken if self.sites else None,
            plain=self._plain(functions),
            annotations=self._annotations(),
            dag_ids=tuple(sorted(map(self.module.source.span, self.dag_ids), key=_start)),
            top_names=top_names(self.module, self.sites),
            bound_names=local,
            top_bound=top_bound(self.module, self.sites),
            leftovers=tuple(sorted({mention.origin for mention in self.leftover})),
        )

    def _rewritten(self) -> set[grammar.Node]:
        """What names the class of a task whose call is written anew."""
        return {task.node.func for task in self.tasks if not task.task.by_class}

    def _annotations(self) -> tuple[Annotation, ...]:
        stars = [one for site in self.sites for one in star_parameters(site, self.module)]
        return (*airflow_annotations(self.module), *stars)

    def _plain(self, functions: Sequence[Function]) -> tuple[Span, ...]:
        """`work.function`, the function below `@task`; where its signature may change, it is told."""
        decorated = {one.name: one for one in functions if one.decorator is not None}
        found = []
        for node in below(self.module.tree, grammar.Attribute) if decorated else ():
            match node:
                case grammar.Attribute(value=grammar.Name(id=name), attr="function") if (
                    name in decorated
                ):
                    span = self.module.source.span(node)
                    if not decorated[name].uses_context and not decorated[name].context_parameters:
                        found.append(span)
                        continue
                    self.findings.append(
                        messages.found(
                            "task function called directly", function=name, line=span.line
                        )
                    )
        return tuple(sorted(found, key=_start))

    def _say_broken(self, what: str) -> None:
        name = what.partition(" on line ")[0]
        self.findings.append(messages.found("broken import", used=what, name=name))

    def _site(self, site: RawSite, reader: StatementReader) -> DagSite:
        source, header = self.module.source, self.headers[site]
        body = reader.read(site.body)
        self.findings += left_out_properties(body, source, site.variable)
        found = DagSite(
            form=site.form,
            span=source.full_span(site.statement),
            call=source.span(site.call),
            dag_id=header.dag_id,
            variable=site.variable,
            mentioned=is_mentioned(site, self.module, self.sites, self.positions),
            factory=".".join(site.path) or None,
            parameters=_signature(site, self.module),
            moved=tuple(source.full_span(statement) for statement in site.moved),
            returned=source.span(site.returned) if site.returned else None,
            schedule=header.schedule,
            doc=header.doc,
            timeout=header.timeout,
            default_args=header.defaults,
            params=header.params,
            on_failure=header.on_failure,
            catchup=header.catchup,
            airflow_version=self.version,
            bound=tuple(sorted(bound_in(site.body))),
            body=body,
            refusal=self.refusals.get(site),
        )
        return replace(found, idle=self._idle(site, found))

    def _idle(self, site: RawSite, found: DagSite) -> tuple[Span, ...]:
        tasks = [one.task for one in self.tasks]
        by_class = any(task.by_class for task in tasks)
        own = found if by_class else replace(found, default_args=None)
        return idle_statements(site, self.module, mentioned_in([own, *tasks]))


def _first(task: LoweredTask) -> int:
    return task.node.number


def _start(span: Span) -> int:
    return span.start


def _signature(site: RawSite, module: ParsedModule) -> Span | None:

    if isinstance(site.statement, grammar.FunctionDef):
        return signature_span(site.statement, module)
    return None
