"""Writes one module: functions, flows, imports, and what the user wrote around them."""

from __future__ import annotations

from dataclasses import dataclass

from dagferry.build.edits import Edits, unprotected
from dagferry.build.layout import lay_out
from dagferry.build.nodes import Invoke, Raw, literal
from dagferry.constructs._registry import replacements
from dagferry.emission.assembly import assemble
from dagferry.emission.flows import FlowWriter, flow_name
from dagferry.emission.functions import FunctionWriter
from dagferry.emission.graph import GraphWriter, edit_task
from dagferry.emission.imports import ImportPlan, drop_airflow, missing_lines, new_imports
from dagferry.emission.native import NativeWriter
from dagferry.emission.requests import COMPAT, RESERVED, Requests
from dagferry.emission.tasks import TaskWriter
from dagferry.emission.top_level import TopLevelWriter
from dagferry.model.dag import DagSite
from dagferry.model.project import Module, airflow_version
from dagferry.model.task import Refusal
from dagferry.plan.model_index import ModelIndex
from dagferry.plan.project import ProjectPlan, SitePlan
from dagferry.source.text import SourceText

MISSING_CODE = "DF601"


@dataclass(frozen=True)
class EmittedModule:
    """A written module: its text, the helpers it needs, the flow of each of its DAG sites."""

    text: str
    helpers: frozenset[str]
    flows: tuple[str, ...]
    dated: tuple[bool, ...]
    missing: tuple[str, ...]


def emit_module(module: Module, plan: ProjectPlan, index: ModelIndex) -> EmittedModule:
    """The module as Prefect code. A module without DAGs, tasks and Airflow comes back as it is."""
    airflow = any(name.airflow for statement in module.imports for name in statement.names)
    if not (airflow or module.sites or module.tasks):
        return EmittedModule(module.text, frozenset(), (), (), ())
    return _ModuleWriter(module, plan, index).write()


class _ModuleWriter:
    def __init__(self, module: Module, plan: ProjectPlan, index: ModelIndex) -> None:
        self.module = module
        self.plan = plan
        self.index = index
        self.edits = Edits(SourceText(module.text).protected)
        params = [param.name for site in module.sites for param in site.params]
        self.requests = Requests({*module.bound_names, *params})
        self.tasks = TaskWriter(module, plan, index, self.edits, self.requests)
        self.flows: list[str] = []
        self.flow_texts: list[str] = []
        self.dated: list[bool] = []
        self.written: set[str] = set()

    def write(self) -> EmittedModule:
        """Everything in its order: functions before the flows that call them, imports last."""
        functions = FunctionWriter(self.module, self.plan, self.tasks, self.edits)
        for function in self.module.functions:
            functions.write(function)
        self._dag_calls()
        self._helpers()
        helper_definitions = self._definitions()
        self._words()
        for position, site in enumerate(self.module.sites):
            self.flow_texts.append(self._flow(position, site))
        drop_airflow(self.module, self.edits)
        return self._put_together(helper_definitions)

    def _put_together(self, definitions: list[str]) -> EmittedModule:
        # What is put together here is no flow's, and what the last flow was like does not count.
        self.tasks.in_graph, self.tasks.renamed = True, {}
        top = TopLevelWriter(self.module, self.plan, self.edits, self.flow_texts)
        before = top.pieces(self.flows, definitions)
        body = unprotected("\n".join(piece.text for piece in before))
        imports = ImportPlan(self.module, body, self.requests)
        if imports.missing:
            self.requests.helper("missing")
        imports.edit(self.edits)
        text = assemble(
            top.pieces(self.flows, definitions, imports.gone()),
            new_imports(self.requests, self._present(imports)),
            missing_lines(imports.missing, MISSING_CODE),
            frozenset({*self.index.project.roots, COMPAT}),
        )
        missing = {*imports.needed.values(), *(one.origin for one in self.module.stand_ins)}
        return EmittedModule(
            text=unprotected(text),
            helpers=self.requests.helpers,
            flows=tuple(self.flows),
            dated=tuple(self.dated),
            missing=tuple(sorted(missing)),
        )

    def _present(self, imports: ImportPlan) -> list[str]:
        kept = [n for s, names in imports.kept.items() if s.top for n in names]
        return [n.local for n in kept if f"{n.origin}" in _COMMON]

    # Words of Airflow's, calls that make DAGs, and helpers that make tasks.

    def _words(self) -> None:
        for annotation in self.module.annotations:
            self.edits.replace(annotation.span, annotation.text)
        for dotted in self.module.dotted:
            known = replacements()[dotted.origin]
            name = known.named(airflow_version(self.module))
            self.edits.replace(dotted.span, self.requests.name(known.module, name))
        for spans, attribute in ((self.module.dag_ids, "name"), (self.module.plain, "fn")):
            for span in spans:
                owner = self.edits.text[span.start : span.end].rpartition(".")[0]
                self.edits.replace(span, f"{owner}.{attribute}")
        for stand_in in self.module.stand_ins:
            word = Raw(self.requests.helper("missing"))
            node = Invoke(word, (literal(stand_in.origin), literal(MISSING_CODE)))
            self.edits.replace(stand_in.span, lay_out(node, 0))

    def _dag_calls(self) -> None:
        for span in self.module.dag_calls:
            text = self.edits.text[span.start : span.end]
            self.edits.replace(span, text[: text.index("(")])

    def _helpers(self) -> None:
        """Tasks that no flow's own body makes belong to helpers: the open graph takes them."""
        inside = {t for site in self.module.sites for s in site.body for t in s.tasks}
        self.tasks.above_all = True
        for position in range(len(self.module.tasks)):
            if position not in inside:
                self._helper_task(position)
        self.tasks.above_all = False

    def _helper_task(self, position: int) -> None:
        self.tasks.taken = {
            *self.module.top_names,
            *self.module.bound_names,
            *self.tasks.defined,
            *RESERVED,
        }
        self.tasks.flow_bound = frozenset(self.module.bound_names) - set(self.module.top_names)
        graph = self.requests.helper("TaskGraph")
        # Asked for now, so that what it needs defined stands above every function.
        self.tasks.form(self.module.tasks[position])
        edit_task(self.module, position, self.tasks, f"{graph}.current()", 0)

    # Flows.

    def _flow(self, position: int, site: DagSite) -> str:
        name = flow_name(
            site, {*self.module.top_names, *self.flows, *self.tasks.defined, *RESERVED}
        )
        self.flows.append(name)
        flow = FlowWriter(site, self.module, self.tasks, self.edits, name)
        plan = self.plan.sites[(self.module.path, position)]
        lines = self._flow_lines(flow, plan, position)
        self.dated.append(flow.needs_run)
        if site.returned is not None and site.factory and site.form != "decorator":
            lines += ["", f"return {name}"]
        definitions = self._definitions()
        return "\n".join([*definitions, *lines])

    def _flow_lines(self, flow: FlowWriter, plan: SitePlan, position: int) -> list[str]:
        if plan.form == "stub":
            code, _, subject = (plan.reason or "").partition(": ")
            return flow.stub(Refusal(code=code, subject=subject))
        dags = self.index.dags(self.module, position)
        self.tasks.renamed = {}
        self.tasks.flow_bound = frozenset()
        # A function in the flow's body would hide a definition above it.
        inner = {f.name.rpartition(".")[2] for f in self.module.functions if "." in f.name}
        self.tasks.taken = {*self.module.top_names, *self.tasks.defined, *inner, *RESERVED}
        if plan.form == "graph":
            self.tasks.taken |= set(self.module.bound_names)
            self.tasks.flow_bound = frozenset(flow.site.bound)
            body = GraphWriter(flow, dags).write()
        else:
            body = NativeWriter(flow, dags[0], plan.form == "submits").write()
        return [*flow.head(), *_behind_docstring(body, flow.run_line())]

    def _definitions(self) -> list[str]:
        fresh = [text for key, text in self.tasks.definitions.items() if key not in self.written]
        self.written.update(self.tasks.definitions)
        return [line for text in fresh for line in [*text.split("\n"), "", ""]]


_COMMON = frozenset({"datetime.datetime", "datetime.timedelta", "prefect.task", "prefect.flow"})


def _behind_docstring(body: list[str], run: list[str]) -> list[str]:
    """The run stands behind the flow's docstring, if it has one."""
    if run and body and body[0].lstrip()[:3] in {'"""', "'''"}:
        return [body[0], *run, *body[1:]]
    return [*run, *body]
