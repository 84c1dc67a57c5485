"""Writes one module: functions, flows, imports, and what the user wrote around them."""

from __future__ import annotations

from dataclasses import dataclass

from dagferry.build.edits import Edits, unprotected
from dagferry.build.layout import lay_out
from dagferry.build.nodes import Invoke, Raw, literal
from dagferry.constructs._registry import replacements
from dagferry.emission.assembly import Piece, assemble, block_end
from dagferry.emission.body import behind_block, margin_of, moved
from dagferry.emission.flows import FlowWriter, flow_name
from dagferry.emission.functions import FunctionWriter
from dagferry.emission.graph import GraphWriter, edit_task
from dagferry.emission.imports import ImportPlan, drop_airflow, missing_lines, new_imports
from dagferry.emission.native import NativeWriter
from dagferry.emission.requests import COMPAT, RESERVED, Requests
from dagferry.emission.tasks import TaskWriter
from dagferry.model.dag import DagSite
from dagferry.model.project import Module
from dagferry.model.task import Refusal
from dagferry.model.toplevel import TopStatement
from dagferry.model.values import Span
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
        self.helper_definitions: list[str] = []

    def write(self) -> EmittedModule:
        """Everything in its order: functions before the flows that call them, imports last."""
        functions = FunctionWriter(self.module, self.plan, self.tasks, self.edits)
        for function in self.module.functions:
            functions.write(function)
        self._dag_calls()
        self._helpers()
        self.helper_definitions = self._definitions()
        for dotted in self.module.dotted:
            known = replacements()[dotted.origin]
            self.edits.replace(dotted.span, self.requests.name(known.module, known.name))
        for spans, attribute in ((self.module.dag_ids, "name"), (self.module.plain, "fn")):
            for span in spans:
                owner = self.edits.text[span.start : span.end].rpartition(".")[0]
                self.edits.replace(span, f"{owner}.{attribute}")
        for stand_in in self.module.stand_ins:
            word = Raw(self.requests.helper("missing"))
            node = Invoke(word, (literal(stand_in.origin), literal(MISSING_CODE)))
            self.edits.replace(stand_in.span, lay_out(node, 0))
        for position, site in enumerate(self.module.sites):
            self.flow_texts.append(self._flow(position, site))
        drop_airflow(self.module, self.edits)
        pieces = self._pieces()
        body = unprotected("\n".join(piece.text for piece in pieces))
        imports = ImportPlan(self.module, body, self.requests)
        if imports.missing:
            self.requests.helper("missing")
        imports.edit(self.edits)
        text = assemble(
            self._pieces(gone=imports.gone()),
            new_imports(self.requests, self._present(imports)),
            missing_lines(imports.missing, MISSING_CODE),
            frozenset({*self.index.project.roots, COMPAT}),
        )
        return EmittedModule(
            text=unprotected(text),
            helpers=self.requests.helpers,
            flows=tuple(self.flows),
            dated=tuple(self.dated),
            missing=tuple(
                sorted({*imports.needed.values(), *(one.origin for one in self.module.stand_ins)})
            ),
        )

    def _present(self, imports: ImportPlan) -> list[str]:
        kept = [n for s, names in imports.kept.items() if s.top for n in names]
        return [n.local for n in kept if f"{n.origin}" in _COMMON]

    def _margin(self, offset: int) -> int:
        return margin_of(self.edits.text, offset)

    # Calls that make DAGs, and helpers that make tasks.

    def _dag_calls(self) -> None:
        for span in self.module.dag_calls:
            text = self.edits.text[span.start : span.end]
            self.edits.replace(span, text[: text.index("(")])

    def _helpers(self) -> None:
        """Tasks that no flow's own body makes belong to helpers: the open graph takes them."""
        inside = {t for site in self.module.sites for s in site.body for t in s.tasks}
        for position in range(len(self.module.tasks)):
            if position not in inside:
                self._helper_task(position)

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
        self.tasks.taken = {*self.module.top_names, *self.tasks.defined, *RESERVED}
        if plan.form == "graph":
            self.tasks.taken |= set(self.module.bound_names)
            self.tasks.flow_bound = frozenset(flow.site.bound)
            body = GraphWriter(flow, dags).write()
        else:
            body = NativeWriter(flow, dags[0], plan.form == "submits").write()
        return [*flow.head(), *_behind_docstring(body, flow.run_line())]

    def _definitions(self) -> list[str]:
        fresh = [text for key, text in self.tasks.definitions.items() if key not in self._written]
        self._written.update(self.tasks.definitions)
        return [line for text in fresh for line in [*text.split("\n"), "", ""]]

    @property
    def _written(self) -> set[str]:
        written: set[str] = self.__dict__.setdefault("_done", set())
        return written

    # The top level.

    def _pieces(self, gone: set[int] | None = None) -> list[Piece]:
        # Helpers are written here, and what the last flow was like does not count for them.
        self.tasks.in_graph, self.tasks.renamed = True, {}
        pieces: list[Piece] = []
        floor = 0
        for statement in self.module.statements:
            piece = self._piece(statement, floor, gone or set())
            floor = self._behind(statement)
            if piece is not None:
                pieces.append(piece)
        pieces = self._with_definitions(pieces)
        tail = self.edits.text[floor:]
        pieces += self._main(tail)
        return pieces

    def _behind(self, statement: TopStatement) -> int:
        """Where what a flow took of the comments behind a statement ends."""
        position, end = statement.site, statement.span.end
        if position is None or not self._taken_along(statement, position):
            return end
        line_end = self.edits.text.find("\n", end)
        end = len(self.edits.text) if line_end < 0 else line_end
        return max(end, behind_block(self.edits.text, self.module.sites[position])[1])

    def _taken_along(self, statement: TopStatement, position: int) -> bool:
        """Whether the flow carries this statement, with the comments around it."""
        if self.plan.sites[(self.module.path, position)].form == "stub":
            return False
        site = self.module.sites[position]
        within = site.span.start <= statement.span.start and statement.span.end <= site.span.end
        return within or any(one.span == statement.span for one in site.body)

    def _with_definitions(self, pieces: list[Piece]) -> list[Piece]:
        """Tasks that helpers use are defined behind the imports."""
        if not self.helper_definitions:
            return pieces
        text = "\n".join(self.helper_definitions).rstrip("\n")
        place = block_end(pieces)
        return [*pieces[:place], Piece(text, "", "definition", True), *pieces[place:]]

    def _piece(self, statement: TopStatement, floor: int, gone: set[int]) -> Piece | None:
        span = statement.span
        gap = self.edits.text[floor : span.start]
        if statement.kind in {"site", "moved"} and statement.site is not None:
            if any(one.span == span for one in self.module.sites[statement.site].body) and (
                self._taken_along(statement, statement.site)
            ):
                gap = gap[: gap.find("\n") + 1]
            if not self._flow_here(statement):
                return Piece("", gap, "gone", False)
            return Piece(self.flow_texts[statement.site], gap, "flow", True)
        if statement.kind in {"dag_call", "main"} and self.module.sites:
            return Piece("", gap, "gone", False)
        if span.start in gone:
            return Piece("", gap, "import_gone", False)
        text = self.edits.render(span.start, span.end)
        if statement.kind in {"kept", "definition"} or not self._top_site(statement):
            text = self._inner_flows(statement, text)
        changed = text != self.edits.text[span.start : span.end]
        return Piece(text, gap, statement.kind, changed)

    def _top_site(self, statement: TopStatement) -> bool:
        return statement.site is not None

    def _inner_flows(self, statement: TopStatement, text: str) -> str:
        """A statement (a factory) in which flows stand: they take the place of their sites."""
        span = statement.span
        inner = [
            (site, position)
            for position, site in enumerate(self.module.sites)
            if span.start <= site.span.start and site.span.end <= span.end
        ]
        if not inner:
            return text
        for site, position in inner:
            self._place_inner(site, position)
        return self.edits.render(span.start, span.end)

    def _place_inner(self, site: DagSite, position: int) -> None:
        margin = self._margin(site.span.start)
        written = " " * margin + moved(self.flow_texts[position], margin)
        for span in site.moved:
            self.edits.drop(_lines_of(self.edits.text, span.start, span.end))
        back = site.returned
        if back is not None and site.form != "decorator" and back.start >= site.span.end:
            self.edits.drop(_lines_of(self.edits.text, back.start, back.end))
        above = self.edits.text[: site.span.start - margin]
        before = "" if _opens_block(above) or above.endswith("\n\n") else f"\n{' ' * margin}"
        end = site.moved[-1].end if site.moved else site.span.end
        after = "" if self.edits.text[end:].lstrip(" ")[:2] in {"\n\n", "\n", ""} else "\n"
        self.edits.replace(site.span, f"{before}{written[margin:]}{after}")

    def _flow_here(self, statement: TopStatement) -> bool:
        """Whether the flow stands where this statement was: where the last of its own was."""
        assert statement.site is not None
        mine = [s for s in self.module.statements if s.site == statement.site]
        site = self.module.sites[statement.site]
        if site.form in {"with", "decorator", "expression"} and not site.moved:
            return statement.kind == "site"
        return statement is mine[-1]

    def _main(self, tail: str) -> list[Piece]:
        pieces = [Piece("", tail, "tail", False)] if tail.strip() else []
        top = [
            name
            for site, name in zip(self.module.sites, self.flows)
            if site.factory is None and site.form != "expression"
        ]
        if not top:
            return pieces
        lines = ['if __name__ == "__main__":', *(f"    {name}()" for name in top)]
        return [*pieces, Piece("\n".join(lines), "", "main", True)]


_COMMON = frozenset({"datetime.datetime", "datetime.timedelta", "prefect.task", "prefect.flow"})


def _opens_block(above: str) -> bool:
    lines = [line.split("#")[0].rstrip() for line in above.split("\n") if line.strip()]
    return not lines or lines[-1].endswith(":")


def _behind_docstring(body: list[str], run: list[str]) -> list[str]:
    """The run stands behind the flow's docstring, if it has one."""
    if run and body and body[0].lstrip()[:3] in {'"""', "'''"}:
        return [body[0], *run, *body[1:]]
    return [*run, *body]


def _lines_of(text: str, start: int, end: int) -> Span:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return Span(start=first, end=len(text) if last < 0 else last + 1, line=0, column=0)
