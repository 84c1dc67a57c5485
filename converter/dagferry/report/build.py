"""Builds the records of a conversion from model, plan and findings."""

from __future__ import annotations

from dagferry import messages
from dagferry.emission.module import EmittedModule
from dagferry.findings import Finding
from dagferry.lowering.files import FileFacts
from dagferry.lowering.project import Lowered
from dagferry.model.dag import Dag, DagSite, Node
from dagferry.model.project import Module
from dagferry.plan.functions import needs_rewrite
from dagferry.plan.model_index import ModelIndex
from dagferry.plan.project import ProjectPlan, SitePlan
from dagferry.plan.xcoms import paths
from dagferry.report.bodies import body_findings
from dagferry.report.grades import task_grade
from dagferry.report.records import DagRecord, FileRecord, TaskRecord, worst


def _without_deployment(dag: Dag, record: DagRecord, found: list[Finding]) -> list[Finding]:
    """A deployment needs the id of its DAG, and a name of a module that its flow has."""
    line = record.line
    if any(one.code == "DF112" and one.line == line for one in found):
        return []
    if dag.family and dag.deployment.schedule.kind in {"cron", "interval", "code"}:
        return [messages.found("schedule of computed ids", dag_id=dag.dag_id, line=line)]
    if dag.family or record.flow is None:
        return [messages.found("no deployment", dag_id=dag.dag_id, line=line)]
    return []


class RecordBuilder:
    """Turns what the stages found into the records of each file."""

    def __init__(
        self,
        lowered: Lowered,
        plan: ProjectPlan,
        index: ModelIndex,
        emitted: dict[str, EmittedModule],
        faults: dict[str, Finding],
    ) -> None:
        self.lowered = lowered
        self.plan = plan
        self.index = index
        self.emitted = emitted
        self.faults = faults

    def file(self, file: FileFacts) -> FileRecord | None:
        """The record of a file; None for one that is not Python, if nothing is lost with it."""
        findings = [*self.lowered.findings.get(file.path, ()), *self._beyond(file)]
        if file.problem is not None:
            findings.append(file.problem)
        if file.problem is not None or file.path in self.lowered.unreadable:
            return FileRecord(path=file.path, status="unreadable", findings=_sorted(findings))
        if not file.is_python:
            lost = file.lost
            return FileRecord(path=file.path, status="other", findings=(lost,)) if lost else None
        if file.is_empty and not _is_marker(file.path):
            empty = messages.found("empty file")
            return FileRecord(path=file.path, status="other", findings=(empty,))
        module = self.index.by_path.get(file.path)
        if file.path in self.faults:
            findings.append(self.faults[file.path])
            return FileRecord(path=file.path, status="unreadable", findings=_sorted(findings))
        if module is None:
            return FileRecord(path=file.path, status="other", findings=_sorted(findings))
        return self._module(module, findings)

    def _beyond(self, file: FileFacts) -> list[Finding]:
        """Folders that have to be on the path where the file's flows run."""
        return [messages.found("import root", root=root, line=line) for root, line in file.beyond]

    def _module(self, module: Module, findings: list[Finding]) -> FileRecord:
        dags = tuple(self._dag(dag) for dag in module.dags)
        for dag, record in zip(module.dags, dags):
            findings += self._plan_findings(dag)
            findings += _without_deployment(dag, record, findings)
        findings += self._missing(module) + body_findings(module, self.index)
        status = "dag" if dags or module.tasks or module.sites else "other"
        return FileRecord(path=module.path, status=status, dags=dags, findings=_sorted(findings))

    def _missing(self, module: Module) -> list[Finding]:
        emitted = self.emitted.get(module.path)
        return [_missing_name(origin, module) for origin in (emitted.missing if emitted else ())]

    def _site(self, dag: Dag) -> tuple[DagSite, SitePlan]:
        return self.index.site(dag), self.plan.sites[(dag.module, dag.site)]

    def _plan_findings(self, dag: Dag) -> list[Finding]:
        site, plan = self._site(dag)
        line = site.span.line
        if plan.form == "graph":
            reason = plan.reason or ""
            graph = messages.found("task graph", dag_id=dag.dag_id, reason=reason, line=line)
            return [graph]
        if plan.form == "stub" and site.refusal is None and plan.reason:
            code, _, subject = plan.reason.partition(": ")
            return [messages.refused(code, subject, "flow", line=line)]
        return []

    def _dag(self, dag: Dag) -> DagRecord:
        site, plan = self._site(dag)
        tasks = tuple(self._task(node, plan, dag.module) for node in dag.nodes)
        ids = [node.task_id for node in dag.nodes]
        emitted = self.emitted.get(dag.module)
        flow = dag.attribute
        if site.factory is None and emitted is not None:
            flow = emitted.flows[dag.site]
        maker = self._maker(dag)
        return DagRecord(
            path=None if maker == dag.module else dag.module,
            dag_id=dag.dag_id,
            family=dag.family,
            line=site.span.line,
            grade=worst(
                [
                    *(task.grade for task in tasks),
                    *(["adapted"] if plan.form == "graph" else []),
                    *(["manual"] if plan.form == "stub" else []),
                ]
            ),
            schedule=dag.deployment.schedule.cron or site.schedule.source,
            flow=flow,
            output=dag.module if site.factory is None else maker,
            airflow_version=site.airflow_version,
            form=plan.form,
            reason=plan.reason,
            logical_date_parameter=emitted is not None and emitted.dated[dag.site],
            params=tuple(param.name for param in site.params),
            tasks=tasks,
            edges=tuple(sorted({(ids[e.upstream], ids[e.downstream]) for e in dag.edges})),
            exact=dag.exact and not any(n.family or n.conditional for n in dag.nodes),
        )

    def _is_broken(self, node: Node) -> bool:
        """Whether the module that makes a task cannot be imported."""
        return self.index.by_path[node.module].broken is not None

    def _maker(self, dag: Dag) -> str:
        """The module whose top level makes the DAG, which is where its flow is found."""
        for module in self.index.project.modules:
            if any(other is dag for other in module.dags):
                return module.path
        return dag.module

    def _task(self, node: Node, plan: SitePlan, home: str) -> TaskRecord:
        task = self.index.task(node)
        function = self.index.function(task.function)
        possible = self.index.functions(task, self.index.by_path[node.module])
        callbacks = self.index.callbacks(task.options.callbacks, self.index.by_path[node.module])
        form = "stub" if self._is_broken(node) else plan.form
        rewritten = (
            plan.form in {"calls", "submits"} and function is not None and needs_rewrite(function)
        )
        xcoms = {key: list(path) for key, path in paths(task, function, rewritten).items()}
        if task.multiple_outputs and task.options.keeps_result:
            xcoms["*"] = []
        return TaskRecord(
            task_id=node.task_id,
            family=node.family,
            construct=task.construct,
            grade=task_grade(task, form, function, possible, callbacks),
            line=task.span.line,
            path=None if node.module == home else node.module,
            xcoms=xcoms,
            rendered=dict(task.template_fields),
        )


def _missing_name(origin: str, module: Module) -> Finding:
    """Where it is imported, for there may be many uses; else where it or a module around it stands."""
    named = [(one.span, name.origin) for one in module.imports for name in one.names]
    exact = [span for span, own in named if own == origin]
    used = [one.span for one in module.stand_ins if one.origin == origin]
    around = [span for span, own in named if origin.startswith(f"{own}.")]
    span = next(iter([*exact, *used, *around]), None)
    place = (span.line, span.column) if span else (1, 1)
    return messages.found("missing name", name=origin, line=place[0], column=place[1])


def _is_marker(path: str) -> bool:
    return path.rpartition("/")[2] == "__init__.py"


def _sorted(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(findings), key=Finding.sort_key))
