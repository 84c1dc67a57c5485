"""Puts the top level of a module together: what the user wrote, with flows where DAGs stood."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from dagferry.build.edits import Edits
from dagferry.emission.assembly import Piece, block_end
from dagferry.emission.body import behind_block, margin_of, moved
from dagferry.model.dag import DagSite
from dagferry.model.project import Module
from dagferry.model.toplevel import TopStatement
from dagferry.model.values import Span
from dagferry.plan.project import ProjectPlan

__all__ = ["TopLevelWriter"]


class TopLevelWriter:
    """`flow_texts` has the flow of each DAG site of the module."""

    def __init__(
        self, module: Module, plan: ProjectPlan, edits: Edits, flow_texts: Sequence[str]
    ) -> None:
        self.module = module
        self.plan = plan
        self.edits = edits
        self.flow_texts = flow_texts

    def pieces(
        self, flows: Sequence[str], definitions: Sequence[str], gone: AbstractSet[int] = frozenset()
    ) -> list[Piece]:
        """All of the module in its order.

        `flows` are the names of the flows, `definitions` lines of tasks that helpers use, `gone` the
        beginnings of the imports that nothing needs any more.
        """
        pieces: list[Piece] = []
        floor = 0
        for statement in self.module.statements:
            piece = self._piece(statement, floor, gone)
            floor = self._behind(statement)
            if piece is not None:
                pieces.append(piece)
        return _with_definitions(pieces, definitions) + self._main(flows, self.edits.text[floor:])

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

    def _piece(self, statement: TopStatement, floor: int, gone: AbstractSet[int]) -> Piece | None:
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
        if statement.kind in {"kept", "definition"} or statement.site is None:
            text = self._inner_flows(statement, text)
        changed = text != self.edits.text[span.start : span.end]
        return Piece(text, gap, statement.kind, changed)

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
        margin = margin_of(self.edits.text, site.span.start)
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

    def _main(self, flows: Sequence[str], tail: str) -> list[Piece]:
        pieces = [Piece("", tail, "tail", False)] if tail.strip() else []
        top = [
            name
            for site, name in zip(self.module.sites, flows)
            if site.factory is None and site.form != "expression"
        ]
        if not top:
            return pieces
        lines = ['if __name__ == "__main__":', *(f"    {name}()" for name in top)]
        return [*pieces, Piece("\n".join(lines), "", "main", True)]


def _with_definitions(pieces: Sequence[Piece], definitions: Sequence[str]) -> list[Piece]:
    """Tasks that helpers use are defined behind the imports."""
    if not definitions:
        return list(pieces)
    text = "\n".join(definitions).rstrip("\n")
    place = block_end(list(pieces))
    return [*pieces[:place], Piece(text, "", "definition", True), *pieces[place:]]


def _opens_block(above: str) -> bool:
    lines = [line.split("#")[0].rstrip() for line in above.split("\n") if line.strip()]
    return not lines or lines[-1].endswith(":")


def _lines_of(text: str, start: int, end: int) -> Span:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return Span(start=first, end=len(text) if last < 0 else last + 1, line=0, column=0)
