"""Writes one module: functions, flows, imports, and what the user wrote around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dagferry.build.nodes import Dotted, Invoke, Node, Raw
from dagferry.constructs._registry import claimant
from dagferry.emission.assembly import Assembled, anything_new, assemble
from dagferry.emission.flows import FlowWriter, flow_name
from dagferry.emission.functions import FunctionWriter
from dagferry.emission.graph import GraphWriter
from dagferry.emission.graph_calls import edit_task, keeps_class
from dagferry.emission.imports import (
    ImportPlan,
    drop_airflow,
    missing_names,
    new_imports,
)
from dagferry.emission.native import NativeWriter
from dagferry.emission.places import Places
from dagferry.emission.replaced_names import MISSING_CODE, name_flows, replace_names
from dagferry.emission.requests import COMPAT, RESERVED, Requests
from dagferry.emission.tasks import TaskWriter
from dagferry.emission.top_level import TopLevelWriter
from dagferry.emission.used_names import Uses, together, uses_by_line, uses_of
from dagferry.model.dag import DagSite
from dagferry.model.project import Module
from dagferry.model.task import Refusal
from dagferry.plan.model_index import ModelIndex
from dagferry.plan.project import ProjectPlan, SitePlan
from dagferry.syntax import make
from dagferry.syntax import nodes as cst
from dagferry.syntax.index import Index
from dagferry.syntax.parse import parse
from dagferry.syntax.scopes import defers_annotations
from dagferry.syntax.write import written_all


@dataclass(frozen=True)
class EmittedModule:
    """A written module: its text, the helpers it needs, the flow of each of its DAG sites."""

    text: str
    helpers: frozenset[str]
    flows: tuple[str, ...]
    dated: tuple[bool, ...]
    missing: tuple[str, ...]


def emit_module(
    module: Module, plan: ProjectPlan, index: ModelIndex, read: Index | None = None
) -> EmittedModule:
    """The module as Prefect code. A module without DAGs, tasks and Airflow comes back as it is.

    `read` is the index of the module's text, where somebody has parsed it already.
    """
    airflow = any(name.airflow for statement in module.imports for name in statement.names)
    if not (airflow or module.sites or module.tasks):
        return EmittedModule(module.text, frozenset(), (), (), ())
    places = Places(Index(parse(module.text), module.text) if read is None else read)
    return _ModuleWriter(module, plan, index, places).write()


class _ModuleWriter:
    def __init__(
        self, module: Module, plan: ProjectPlan, index: ModelIndex, places: Places
    ) -> None:
        self.module = module
        self.plan = plan
        self.index = index
        self.places = places
        params = [param.name for site in module.sites for param in site.params]
        self.requests = Requests({*module.bound_names, *params})
        self.tasks = TaskWriter(module, plan, index, places, self.requests)
        self.flows: list[str] = []
        self.written_flows: list[list[cst.Statement]] = []
        self.dated: list[bool] = []
        self.written: set[str] = set()

    def write(self) -> EmittedModule:
        """Everything in its order: functions before the flows that call them, imports last."""
        functions = FunctionWriter(self.module, self.plan, self.tasks, self.places)
        for function in self.module.functions:
            functions.write(function)
        name_flows(self.module, self.places)
        self._helpers()
        helper_definitions = self._definitions()
        replace_names(self.module, self.places, self.requests)
        drop_airflow(self.module, self.places)
        for position, site in enumerate(self.module.sites):
            self.written_flows.append(self._flow(position, site))
        return self._put_together(helper_definitions)

    def _put_together(self, definitions: list[cst.Statement]) -> EmittedModule:
        # What is put together here is no flow's, and what the last flow was like does not count.
        self.tasks.in_graph, self.tasks.renamed = True, {}
        top = TopLevelWriter(self.module, self.plan, self.places, self.written_flows)
        before = top.pieces(self.flows, definitions)
        old = uses_by_line(self.places.index)
        uses = self._uses([one for piece in before for one in piece.statements], old)
        imports = ImportPlan(self.module, self.places, uses, together(old.values()), self.requests)
        stand_ins = self._stand_ins(imports.missing)
        only_raising = imports.missing.keys() - stand_ins.keys()
        word = self.requests.helper("missing") if only_raising else ""
        imports.edit()
        pieces = top.pieces(self.flows, definitions)
        new = new_imports(
            self.requests, self._present(imports), {*imports.used, word, *_words(stand_ins)}
        )
        needed = [origin for local, origin in imports.needed.items() if local not in stand_ins]
        missing = {*needed, *(one.origin for one in self.module.stand_ins)}
        text = self.module.text
        if new or imports.missing or anything_new(pieces):
            roots = frozenset({*self.index.project.roots, COMPAT})
            names = missing_names(imports.missing, stand_ins, MISSING_CODE, word)
            text = self._text(assemble(pieces, new, names, roots))
        return EmittedModule(
            text=text,
            helpers=self.requests.helpers,
            flows=tuple(self.flows),
            dated=tuple(self.dated),
            missing=tuple(sorted(missing)),
        )

    def _stand_ins(self, missing: Mapping[str, str]) -> dict[str, Node]:
        """What stands for names of Airflow's whose calls keep their spelling."""
        kept = {task.construct for task in self.module.tasks if keeps_class(task)}
        found: dict[str, Node] = {}
        for local, origin in missing.items():
            construct = claimant(origin)
            if construct is None or construct.name not in kept:
                continue
            node = construct.stand_in(origin, self.module.tasks)
            if isinstance(node, Invoke) and isinstance(node.function, Raw):
                word = Raw(self.requests.helper(node.function.text))
                found[local] = Invoke(word, node.arguments)
        return found

    def _uses(self, body: list[cst.Statement], old: Mapping[int, Uses]) -> Uses:
        """What the written module uses: statements that nothing changed use what they did."""
        deferred = defers_annotations(self.places.index.module)
        new = [one for one in body if id(one) not in old]
        written = Index(cst.Module(body=new), "")
        kept = (old[id(one)] for one in body if id(one) in old)
        return together([uses_of(written, deferred), *kept])

    def _text(self, assembled: Assembled) -> str:
        """The text of the module; statements that are as they were are taken from the old one."""
        kept = {id(one): place for place, one in enumerate(self.places.module.body)}
        positions = self.places.positions
        code = [
            positions.top_text(kept[id(one)]) if id(one) in kept else one
            for one in assembled.statements
        ]
        text = written_all(code, self.places.module.default_indent)
        return "\n".join([text.rstrip("\n"), *assembled.tail]).rstrip("\n") + "\n"

    def _present(self, imports: ImportPlan) -> list[str]:
        kept = [n for s, names in imports.kept.items() if s.top for n in names]
        return [n.local for n in kept if f"{n.origin}" in _COMMON]

    # Helpers that make tasks.

    def _helpers(self) -> None:
        """Tasks that no flow's own body makes belong to helpers: the open graph takes them."""
        inside = {t for site in self.module.sites for s in site.body for t in s.tasks}
        gone = [span for site in self.module.sites if site.refusal for span in site.moved]
        self.tasks.above_all = True
        for position, task in enumerate(self.module.tasks):
            stays = not any(one.start <= task.span.start < one.end for one in gone)
            if position not in inside and stays:
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
        if not keeps_class(self.module.tasks[position]):
            self.tasks.form(self.module.tasks[position])
        current: Node = Invoke(Dotted(Raw(graph), "current"))
        edit_task(self.module, position, self.tasks, current, 0)

    # Flows.

    def _flow(self, position: int, site: DagSite) -> list[cst.Statement]:
        name = flow_name(
            site, {*self.module.top_names, *self.flows, *self.tasks.defined, *RESERVED}
        )
        self.flows.append(name)
        flow = FlowWriter(site, self.module, self.tasks, self.places, name)
        plan = self.plan.sites[(self.module.path, position)]
        written: list[cst.Statement] = [self._written(flow, plan, position)]
        self.dated.append(flow.needs_run)
        if site.returned is not None and site.factory and site.form != "decorator":
            written.append(make.line(cst.Return(cst.Name(name)), above=[""]))
        return [*self._definitions(), *written]

    def _written(self, flow: FlowWriter, plan: SitePlan, position: int) -> cst.FunctionDef:
        if plan.form == "stub":
            code, _, subject = (plan.reason or "").partition(": ")
            return flow.stub(Refusal(code=code, subject=subject))
        dags = self.index.dags(self.module, position)
        self.tasks.renamed = {}
        self.tasks.flow_bound = frozenset()
        # A function in the flow's body would hide a definition above it.
        inner = {f.name.rpartition(".")[2] for f in self.module.functions if "." in f.name}
        self.tasks.taken = {
            *self.module.top_names,
            *self.flows,
            *self.tasks.defined,
            *inner,
            *RESERVED,
        }
        if plan.form == "graph":
            self.tasks.taken |= set(self.module.bound_names)
            self.tasks.flow_bound = frozenset(flow.site.bound)
            return flow.written(GraphWriter(flow, dags).write())
        flow.reported = dags[0].nodes[-1].task_id if dags[0].nodes else None
        body, after = NativeWriter(flow, dags[0], plan.form == "submits").write()
        flow.needs_run_for(dags[0])
        return flow.written(body, after)

    def _definitions(self) -> list[cst.Statement]:
        fresh = [one for key, one in self.tasks.definitions.items() if key not in self.written]
        self.written.update(self.tasks.definitions)
        return fresh


def _words(stand_ins: Mapping[str, Node]) -> set[str]:
    """The names that they call."""
    calls = [one.function for one in stand_ins.values() if isinstance(one, Invoke)]
    return {one.text for one in calls if isinstance(one, Raw)}


_COMMON = frozenset({"datetime.datetime", "datetime.timedelta", "prefect.task", "prefect.flow"})
