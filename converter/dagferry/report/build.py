"""Builds the records of a conversion from model, plan and findings."""

from __future__ import annotations

from dagferry.emission.module import EmittedModule
from dagferry.findings import ADVISORY, REQUIRED, Finding
from dagferry.lowering.project import Lowered
from dagferry.model.dag import Dag, DagSite, Node
from dagferry.model.function import Function
from dagferry.model.project import Module
from dagferry.plan.functions import needs_rewrite
from dagferry.plan.model_index import ModelIndex
from dagferry.plan.project import ProjectPlan, SitePlan
from dagferry.plan.xcoms import paths
from dagferry.report.bodies import body_findings
from dagferry.report.grades import lacking_parts, task_grade
from dagferry.report.passed_over import passed_over
from dagferry.report.records import DagRecord, FileRecord, TaskRecord, worst
from dagferry.source.discover import InputFile


def _without_deployment(dag: Dag, site: DagSite) -> list[Finding]:
    """A schedule needs a deployment, and a deployment the id of its DAG."""
    if not dag.family or site.schedule.kind not in {"cron", "interval", "code"}:
        return []
    message = f"the schedule of `{dag.dag_id}`, whose id is computed, has no conversion"
    hint = "write a deployment with its schedule for each of its flows in prefect.yaml"
    return [Finding(code="DF203", message=message, hint=hint, line=site.span.line)]


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

    def file(self, file: InputFile) -> FileRecord | None:
        """The record of a file; None for one that is not Python, if nothing is lost with it."""
        findings = list(self.lowered.findings.get(file.path, ()))
        if file.problem is not None:
            code, message = file.problem
            findings.append(Finding(code=code, message=message, line=file.line))
        if file.problem is not None or file.path in self.lowered.unreadable:
            return FileRecord(path=file.path, status="unreadable", findings=_sorted(findings))
        if not file.path.endswith(".py"):
            lost = passed_over(file)
            return FileRecord(path=file.path, status="other", findings=(lost,)) if lost else None
        if file.text is not None and not file.text.strip() and not _is_marker(file.path):
            empty = Finding(code="DF104", message="the file is empty", severity=ADVISORY)
            return FileRecord(path=file.path, status="other", findings=(empty,))
        module = self.index.by_path.get(file.path)
        if file.path in self.faults:
            findings.append(self.faults[file.path])
            return FileRecord(path=file.path, status="unreadable", findings=_sorted(findings))
        if module is None:
            return FileRecord(path=file.path, status="other", findings=_sorted(findings))
        return self._module(module, findings)

    def _module(self, module: Module, findings: list[Finding]) -> FileRecord:
        dags = tuple(self._dag(dag) for dag in module.dags)
        for dag in module.dags:
            findings += self._plan_findings(dag)
        findings += self._missing(module) + body_findings(module, self.index)
        status = "dag" if dags or module.tasks or module.sites else "other"
        return FileRecord(path=module.path, status=status, dags=dags, findings=_sorted(findings))

    def _missing(self, module: Module) -> list[Finding]:
        emitted = self.emitted.get(module.path)
        return [
            Finding(
                code="DF601",
                message=f"`{origin}` has no conversion; using it raises NotImplementedError",
                line=1,
            )
            for origin in (emitted.missing if emitted else ())
        ]

    def _site(self, dag: Dag) -> tuple[DagSite, SitePlan]:
        return self.index.site(dag), self.plan.sites[(dag.module, dag.site)]

    def _plan_findings(self, dag: Dag) -> list[Finding]:
        site, plan = self._site(dag)
        line = site.span.line
        if plan.form == "graph":
            message = f"`{dag.dag_id}` is written as a TaskGraph: {plan.reason}"
            graph = Finding(code="DF502", message=message, severity=ADVISORY, line=line)
            return [graph, *_without_deployment(dag, site)]
        if _without_deployment(dag, site):
            return _without_deployment(dag, site)
        if plan.form == "stub" and site.refusal is None and plan.reason:
            code, _, subject = plan.reason.partition(": ")
            message = f"{subject} has no conversion; the flow is a stub that raises"
            return [Finding(code=code, message=message, severity=REQUIRED, line=line)]
        return []

    def _dag(self, dag: Dag) -> DagRecord:
        site, plan = self._site(dag)
        tasks = tuple(self._task(node, plan) for node in dag.nodes)
        lost = (
            site.schedule.kind == "lost"
            or bool(_without_deployment(dag, site))
            or (plan.form == "stub" and not tasks)
            or any(map(lacking_parts, self._callbacks_of(dag)))
        )
        ids = [node.task_id for node in dag.nodes]
        emitted = self.emitted.get(dag.module)
        flow = dag.attribute
        if site.factory is None and emitted is not None:
            flow = emitted.flows[dag.site]
        return DagRecord(
            dag_id=dag.dag_id,
            family=dag.family,
            line=site.span.line,
            grade=worst(
                [
                    *(task.grade for task in tasks),
                    *(["adapted"] if plan.form == "graph" else []),
                    *(["manual"] if lost else []),
                ]
            ),
            schedule=(dag.schedule or site.schedule).cron or site.schedule.source,
            flow=flow,
            output=dag.module if site.factory is None else self._maker(dag),
            airflow_version=site.airflow_version,
            form=plan.form,
            reason=plan.reason,
            logical_date_parameter=emitted is not None and emitted.dated[dag.site],
            params=tuple(param.name for param in site.params),
            tasks=tasks,
            edges=tuple(sorted({(ids[e.upstream], ids[e.downstream]) for e in dag.edges})),
            exact=dag.exact and not any(n.family or n.conditional for n in dag.nodes),
        )

    def _callbacks_of(self, dag: Dag) -> tuple[Function, ...]:
        site, _ = self._site(dag)
        return self.index.callbacks(site.on_failure, self.index.by_path[dag.module])

    def _is_broken(self, node: Node) -> bool:
        """Whether the module that makes a task cannot be imported."""
        return self.index.by_path[node.module].broken is not None

    def _maker(self, dag: Dag) -> str:
        """The module whose top level makes the DAG, which is where its flow is found."""
        for module in self.index.project.modules:
            if any(other is dag for other in module.dags):
                return module.path
        return dag.module

    def _task(self, node: Node, plan: SitePlan) -> TaskRecord:
        task = self.index.task(node)
        function = self.index.function(task.function)
        possible = self.index.functions(task, self.index.by_path[node.module])
        callbacks = self.index.callbacks(task.options.on_failure, self.index.by_path[node.module])
        form = "stub" if self._is_broken(node) else plan.form
        rewritten = (
            plan.form in {"calls", "submits"} and function is not None and needs_rewrite(function)
        )
        xcoms = {key: list(path) for key, path in paths(task, function, rewritten).items()}
        if task.multiple_outputs:
            xcoms["*"] = []
        return TaskRecord(
            task_id=node.task_id,
            family=node.family,
            construct=task.construct,
            grade=task_grade(task, form, function, possible, callbacks),
            line=task.span.line,
            xcoms=xcoms,
            rendered=dict(task.template_fields),
        )


def _is_marker(path: str) -> bool:
    return path.rpartition("/")[2] == "__init__.py"


def _sorted(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(findings), key=Finding.sort_key))
