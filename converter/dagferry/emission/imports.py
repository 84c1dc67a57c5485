"""The imports of a written module: what is Airflow's goes, what is needed comes, what is idle goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial

from dagferry.build.layout import WIDTH, Room, lay_out, on_one_line
from dagferry.build.nodes import Invoke, Node, Raw, literal
from dagferry.constructs._registry import replacements
from dagferry.emission.places import Places
from dagferry.emission.requests import Requests
from dagferry.emission.statements import is_idle
from dagferry.emission.used_names import Uses
from dagferry.model.project import Module, airflow_version
from dagferry.model.toplevel import ImportedName, ImportStatement
from dagferry.syntax import make
from dagferry.syntax import nodes as cst
from dagferry.syntax.write import written as code_of


class ImportPlan:
    """Which names of the module's imports stay, and what else must be imported.

    `uses` are the names that the module uses as it is written, imports aside, `before` those that it used.
    """

    def __init__(
        self, module: Module, places: Places, uses: Uses, before: Uses, requests: Requests
    ) -> None:
        self.module = module
        self.places = places
        self.requests = requests
        self.run = uses.run
        self.used = uses.all
        self.before = before.all
        self.missing: dict[str, str] = {}
        self.kept: dict[ImportStatement, tuple[ImportedName, ...]] = {}
        for statement in module.imports:
            self.kept[statement] = tuple(n for n in statement.names if self._stays(n))

    def _stays(self, name: ImportedName) -> bool:
        if not name.airflow:
            # A name that was idle before is the user's own; one that became idle goes.
            return name.written == "*" or name.local in self.used or name.local not in self.before
        if name.local in self.used:
            self._replace(name)
        return False

    def _replace(self, name: ImportedName) -> None:
        replacement = replacements().get(name.origin)
        if replacement is not None:
            wanted = replacement.named(airflow_version(self.module))
            if name.local != wanted:
                wanted = f"{wanted} as {name.local}"
            self.requests.name(replacement.module, wanted)
        elif not self._bound(name.local):
            self.missing[name.local] = name.origin

    def _bound(self, local: str) -> bool:
        """Whether something else gives the name its meaning."""
        return local in _provided(self.requests) or local in self.module.top_bound

    @property
    def needed(self) -> dict[str, str]:
        """The missing names whose value the code takes; the others stand in annotations only."""
        return {local: origin for local, origin in self.missing.items() if local in self.run}

    def edit(self) -> None:
        """Put the changes of the module's import statements in."""
        places = self.places
        for statement, names in self.kept.items():
            if len(names) == len(statement.names):
                continue
            node = places.statement(statement.span)
            assert isinstance(node, (cst.Import, cst.ImportFrom))
            if names:
                kept = [statement.names.index(name) for name in names]
                places.changes.alter(node, partial(_trimmed, kept))
            else:
                _drop(node, places)


def _trimmed(kept: list[int], statement: cst.Import | cst.ImportFrom) -> cst.CSTNode:
    """An import of fewer names, on one line where it fits."""
    assert not isinstance(statement.names, cst.ImportStar)
    names = [statement.names[position] for position in kept]
    if isinstance(statement, cst.Import):
        return statement.with_changes(names=[_plain(name) for name in names])
    return fitted(statement.with_changes(names=[_plain(name) for name in names]))


def _plain(name: cst.ImportAlias) -> cst.ImportAlias:
    return name.with_changes(comma=cst.MaybeSentinel.DEFAULT)


def _drop(node: cst.Import | cst.ImportFrom, places: Places) -> None:
    """Leave an import out; a `try` or an `if` that held nothing else goes with it."""
    places.changes.drop(node)
    block = places.positions.parent(places.line(node))
    above = block and places.positions.parent(block)
    if isinstance(above, (cst.ExceptHandler, cst.Else)):
        above = places.positions.parent(above)
    if isinstance(above, (cst.Try, cst.If)):
        places.changes.rewrite_line(above, lambda new: [] if is_idle(new) else [new])


def _provided(requests: Requests) -> set[str]:
    return {name.rpartition(" ")[2] for names in requests.names.values() for name in names}


def new_imports(
    requests: Requests, present: Iterable[str], used: Collection[str]
) -> list[cst.Statement]:
    """Import statements that are to be added, for those names that the written code uses."""
    asked = {name for names in requests.names.values() for name in names}
    already = {*present, *(name for name in asked if name.rpartition(" ")[2] not in used)}
    found: list[cst.Statement] = []
    for module in sorted(requests.names):
        names = sorted(requests.names[module] - already, key=import_order)
        plain = [name for name in names if " " not in name]
        found += [_from_import(module, plain)] if plain else []
        # isort and ruff give every renamed import a line of its own.
        found += [_from_import(module, [name]) for name in names if " " in name]
    return found


def import_order(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest, as isort and ruff order them."""
    plain = name.partition(" ")[0]
    rank = 0 if plain.isupper() and len(plain) > 1 else 1 if plain[:1].isupper() else 2
    return rank, plain.lower() if rank == 2 else plain


def _from_import(module: str, names: list[str]) -> cst.Statement:
    origin = make.expression(module)
    assert isinstance(origin, (cst.Name, cst.Attribute))
    statement = cst.ImportFrom(module=origin, names=[_alias(name) for name in names])
    return make.line(fitted(statement))


def _alias(written: str) -> cst.ImportAlias:
    name, _, local = written.partition(" as ")
    return cst.ImportAlias(
        name=cst.Name(name), asname=cst.AsName(cst.Name(local)) if local else None
    )


def fitted(statement: cst.ImportFrom) -> cst.ImportFrom:
    """An import on one line, or with a line for each name."""
    line = statement.with_changes(lpar=None, rpar=None)
    if len(code_of(line)) <= WIDTH:
        return line
    assert not isinstance(statement.names, cst.ImportStar)
    after = [make.broken(4)] * (len(statement.names) - 1) + [make.broken(0)]
    return line.with_changes(
        names=[
            name.with_changes(comma=cst.Comma(whitespace_after=blanks))
            for name, blanks in zip(statement.names, after)
        ],
        lpar=cst.LeftParen(whitespace_after=make.broken(4)),
        rpar=cst.RightParen(),
    )


def missing_names(
    missing: Mapping[str, str], stand_ins: Mapping[str, Node], code: str, word: str
) -> list[cst.Statement]:
    """Stand-ins for names of Airflow's that code still uses: by themselves they raise when they are used."""
    return [
        make.assigned(local, lay_out(stand_ins[local], Room(before=len(local) + 3)))
        if local in stand_ins
        else make.assigned(local, on_one_line(stand_in(origin, code, word)))
        for local, origin in sorted(missing.items())
    ]


def stand_in(origin: str, code: str, word: str) -> Node:
    """`missing("airflow.x", "DF601")`."""
    return Invoke(Raw(word), (literal(origin), literal(code)))


def drop_airflow(module: Module, places: Places) -> None:
    """Leave out Airflow's imports inside functions and conditions: what they bound is looked up above."""
    for statement in module.imports:
        if not statement.top and all(name.airflow for name in statement.names):
            node = places.statement(statement.span)
            assert isinstance(node, (cst.Import, cst.ImportFrom))
            _drop(node, places)
