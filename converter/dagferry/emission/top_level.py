"""Puts the top level of a module together: what the user wrote, with flows where DAGs stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from dagferry.emission.assembly import Piece, apart, block_end
from dagferry.emission.places import Places
from dagferry.emission.statements import (
    comments,
    gained,
    is_idle,
    lost_comments,
    only_comments,
    with_above,
)
from dagferry.model.dag import DagSite
from dagferry.model.project import Module
from dagferry.model.toplevel import TopStatement
from dagferry.plan.project import ProjectPlan
from dagferry.syntax import make
from dagferry.syntax import nodes as cst


class TopLevelWriter:
    """`flows` has the statements of the flow of each DAG site of the module, the flow itself among them."""

    def __init__(
        self,
        module: Module,
        plan: ProjectPlan,
        places: Places,
        flows: Sequence[Sequence[cst.Statement]],
    ) -> None:
        self.module = module
        self.plan = plan
        self.places = places
        self.flows = flows
        # The pieces of each line, as they came out the last time.
        self._found: dict[int, list[Piece]] = {}
        for position, site in enumerate(module.sites):
            if self._stands_inside(site):
                self._place_inside(site, position)

    def pieces(self, names: Sequence[str], definitions: Sequence[cst.Statement]) -> list[Piece]:
        """All of the module in its order.

        `names` are the names of the flows, `definitions` the tasks that helpers use.
        """
        for place, line in enumerate(self._lines):
            if place not in self._found or any(map(self._imports, line)):
                self._found[place] = self._of_line(line)
        pieces = [piece for place in range(len(self._lines)) for piece in self._found[place]]
        return [*_with_definitions(pieces, definitions), *self._behind_all(names)]

    def _imports(self, statement: TopStatement) -> bool:
        """Whether an import stands in a statement: it may have changed since the last time."""
        span = statement.span
        return any(span.start <= one.span.start < span.end for one in self.module.imports)

    @cached_property
    def _lines(self) -> list[list[TopStatement]]:
        """The statements of the ledger, those of one line together."""
        found: list[list[TopStatement]] = []
        last: cst.CSTNode | None = None
        for statement in self.module.statements:
            line = self.places.line(self.places.statement(statement.span))
            if line is last:
                found[-1].append(statement)
            else:
                found.append([statement])
            last = line
        return found

    def _of_line(self, statements: list[TopStatement]) -> list[Piece]:
        first = statements[0]
        if len(statements) == 1:
            return [self._piece(first)]
        line = self.places.line(self.places.statement(first.span))
        if all(self._stays(one) for one in statements):
            new = self.places.changes.applied(line)
            return [Piece((new,), self._above(first), first.kind, new is not line)]
        return [replace(self._piece(one), changed=True) for one in statements]

    def _stays(self, statement: TopStatement) -> bool:
        return statement.kind not in {"site", "moved", "dag_call", "main", "import"}

    def _above(self, statement: TopStatement) -> tuple[str, ...]:
        """The lines above a statement; those of the first one stand in the module's header."""
        node = self.places.statement(statement.span)
        above = self.places.around(node)[0]
        if statement is self.module.statements[0]:
            above = [*comments(self.places.module.header), *above]
        return tuple(above)

    def _taken_along(self, statement: TopStatement, position: int) -> bool:
        """Whether the flow carries this statement, with the comments around it."""
        if self.plan.sites[(self.module.path, position)].form == "stub":
            return False
        site = self.module.sites[position]
        within = site.span.start <= statement.span.start and statement.span.end <= site.span.end
        return within or any(one.span == statement.span for one in site.body)

    def _piece(self, statement: TopStatement) -> Piece:
        node, above = self.places.statement(statement.span), self._above(statement)
        if statement.kind in {"site", "moved"} and statement.site is not None:
            if self._carried(statement, statement.site):
                above = ()
            if not self._flow_here(statement):
                return Piece((), above, "gone", False)
            if not self._taken_along(statement, statement.site):
                above += tuple(filter(None, [self.places.around(node)[1]]))
            return Piece(apart(self.flows[statement.site]), above, "flow", True)
        if statement.kind in {"dag_call", "main"} and self.module.sites:
            return Piece((), above, "gone", False)
        line = self.places.line(node)
        new = self.places.lines(node)
        if not new or (statement.kind == "import" and is_idle(new[0])):
            return Piece((), above, "import_gone", False)
        changed = new[0] is not line
        if statement.kind == "import" and changed:
            above += tuple(lost_comments(node, new[0]))
        elif changed:
            above += tuple(gained(line, new[0]))
        return Piece(tuple(new), above, statement.kind, changed)

    def _carried(self, statement: TopStatement, position: int) -> bool:
        """Whether the flow carries the comments above a statement, because it is one of its body's."""
        body = self.module.sites[position].body
        return any(one.span == statement.span for one in body) and self._taken_along(
            statement, position
        )

    # Flows inside of other statements (a factory's).

    def _stands_inside(self, site: DagSite) -> bool:
        line = self.places.line(self.places.statement(site.span))
        return self.places.positions.parent(line) is not None

    def _place_inside(self, site: DagSite, position: int) -> None:
        """A flow takes the place of its site; what went into it goes."""
        places = self.places
        line = places.line(places.statement(site.span))
        after = [places.line(places.statement(span)) for span in site.moved]
        back = site.returned
        if back is not None and site.form != "decorator" and back.start >= site.span.end:
            after.append(places.line(places.statement(back)))
        for gone in after:
            places.changes.rewrite_line(gone, lambda _: [])
        for span in site.idle if site.refusal is None else ():
            statement = places.statement(span)
            assert isinstance(statement, cst.BaseSmallStatement)
            places.changes.drop(statement)
        block = places.positions.parent(line)
        assert isinstance(block, cst.IndentedBlock)
        place = [id(one) for one in block.body].index(id(line))
        flow = apart(self.flows[position])

        def written(new: cst.Statement) -> list[cst.Statement]:
            above = comments(new.leading_lines)
            own = only_comments(flow[0].leading_lines)
            opens = place == 0 and not above
            gap = [] if opens or (above and not above[-1]) else [""]
            return [with_above(flow[0], [*above, *gap, *own]), *flow[1:]]

        places.changes.rewrite_line(line, written)
        self._blank_above_next(block, place, after)

    def _blank_above_next(
        self, block: cst.IndentedBlock, place: int, gone: list[cst.Statement]
    ) -> None:
        """One blank line stands behind a flow."""
        rest = [one for one in block.body[place + 1 :] if not any(one is other for other in gone)]
        for following in rest[:1]:
            self.places.changes.alter(following, _below_a_blank)

    def _flow_here(self, statement: TopStatement) -> bool:
        """Whether the flow stands where this statement was: where the last of its own was."""
        assert statement.site is not None
        mine = [s for s in self.module.statements if s.site == statement.site]
        site = self.module.sites[statement.site]
        if site.form == "decorator" or site.refusal is not None:
            # Nothing that it took along is needed where it stands.
            return statement.kind == "site"
        if site.form in {"with", "expression"} and not site.moved:
            return statement.kind == "site"
        return statement is mine[-1]

    def _behind_all(self, names: Sequence[str]) -> list[Piece]:
        """The comments at the end of the file, and the block that runs the flows."""
        tail = tuple(comments(self.places.module.footer))
        pieces = [Piece((), tail, "tail", False)] if any(tail) else []
        top = [
            name
            for site, name in zip(self.module.sites, names)
            if site.factory is None and site.form != "expression"
        ]
        if top:
            pieces.append(Piece((_main_block(top),), (), "main", True))
        return pieces


def _below_a_blank(statement: cst.SimpleStatementLine) -> cst.CSTNode:
    lines = statement.leading_lines
    if lines and lines[0].comment is None:
        return statement
    return statement.with_changes(leading_lines=[make.BLANK, *lines])


def _main_block(flows: Sequence[str]) -> cst.Statement:
    calls = [make.line(cst.Expr(cst.Call(cst.Name(name)))) for name in flows]
    return make.run_as_script(calls)


def _with_definitions(pieces: Sequence[Piece], definitions: Sequence[cst.Statement]) -> list[Piece]:
    """Tasks that helpers use are defined behind the imports."""
    if not definitions:
        return list(pieces)
    place = block_end(pieces)
    piece = Piece(apart(definitions), (), "definition", True)
    return [*pieces[:place], piece, *pieces[place:]]
