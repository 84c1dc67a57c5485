"""The imports of a written module: what is Airflow's goes, what is needed comes, what is idle goes."""

from __future__ import annotations

import ast
import symtable
from ast import walk
from collections.abc import Iterable, Mapping
from functools import cached_property

from dagferry.build.edits import Edits
from dagferry.constructs._registry import replacements
from dagferry.emission.requests import Requests
from dagferry.model.project import Module, airflow_version
from dagferry.model.toplevel import ImportedName, ImportStatement
from dagferry.model.values import Span


def used_names(text: str) -> set[str]:
    """Every name that running a text takes from its top level or from builtins. May raise SyntaxError."""
    found: set[str] = set()
    stack = [symtable.symtable(text, "module", "exec")]
    while stack:
        table = stack.pop()
        top = table.get_type() == "module"
        found |= {
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_referenced() and (top or symbol.is_global())
        }
        stack += table.get_children()
    return found


def named(text: str) -> set[str]:
    """Names that a text mentions without taking their value: in annotations, and in `__all__`."""
    tree = ast.parse(text)
    found: set[str] = set()
    for node in walk(tree):
        if isinstance(node, (ast.arg, ast.AnnAssign)):
            found |= _names(node.annotation)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found |= _names(node.returns)
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and "__all__" in _names(statement.targets[0]):
            constants = [n for n in ast.walk(statement) if isinstance(n, ast.Constant)]
            found |= {str(constant.value) for constant in constants}
    return found


def _names(node: ast.expr | None) -> set[str]:
    if node is None:
        return set()
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


class ImportPlan:
    """Which names of the module's imports stay, and what else must be imported."""

    def __init__(self, module: Module, body: str, requests: Requests) -> None:
        self.module = module
        self.requests = requests
        self.run = used_names(body)
        self.used = self.run | named(body)
        self.missing: dict[str, str] = {}
        self.kept: dict[ImportStatement, tuple[ImportedName, ...]] = {}
        for statement in module.imports:
            self.kept[statement] = tuple(n for n in statement.names if self._stays(n))

    @cached_property
    def before(self) -> set[str]:
        """The names that the module used before anything was changed."""
        return used_names(self.module.text) | named(self.module.text)

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
            written = replacement.named(airflow_version(self.module))
            if name.local != written:
                written = f"{written} as {name.local}"
            self.requests.name(replacement.module, written)
        elif not self._bound(name.local):
            self.missing[name.local] = name.origin

    def _bound(self, local: str) -> bool:
        """Whether something else gives the name its meaning."""
        return local in _provided(self.requests) or local in self.module.top_bound

    @property
    def needed(self) -> dict[str, str]:
        """The missing names whose value the code takes; the others stand in annotations only."""
        return {local: origin for local, origin in self.missing.items() if local in self.run}

    def edit(self, edits: Edits) -> None:
        """Put the edits of the module's import statements in."""
        for statement, names in self.kept.items():
            if len(names) == len(statement.names):
                continue
            if names:
                text = f"{statement.head} {', '.join(name.written for name in names)}"
                edits.replace(statement.span, text)
            elif statement.alone and not statement.top:
                edits.replace(statement.span, "pass")
            elif not statement.top:
                edits.drop(_whole_line(edits.text, statement.span))

    def gone(self) -> set[int]:
        """The places of the top-level import statements that go as a whole."""
        return {s.span.start for s, names in self.kept.items() if s.top and not names}


def _provided(requests: Requests) -> set[str]:
    return {name.rpartition(" ")[2] for names in requests.names.values() for name in names}


def _whole_line(text: str, span: Span) -> Span:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return Span(start=start, end=len(text) if end < 0 else end + 1, line=0, column=0)


def new_imports(requests: Requests, present: Iterable[str]) -> list[str]:
    """Import lines that are to be added."""
    already = set(present)
    lines: list[str] = []
    for module in sorted(requests.names):
        names = sorted(requests.names[module] - already, key=_import_order)
        plain = [name for name in names if " " not in name]
        lines += [_from_import(module, plain)] if plain else []
        # isort and ruff give every renamed import a line of its own.
        lines += [f"from {module} import {name}" for name in names if " " in name]
    return lines


def _import_order(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest, as isort and ruff order them."""
    plain = name.partition(" ")[0]
    rank = 0 if plain.isupper() and len(plain) > 1 else 1 if plain[:1].isupper() else 2
    return rank, plain.lower() if rank == 2 else plain


def _from_import(module: str, names: list[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= 88:
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])


def missing_lines(missing: Mapping[str, str], code: str) -> list[str]:
    """Stand-ins for names of Airflow's that code still uses: they raise when they are used."""
    return [f'{local} = missing("{origin}", "{code}")' for local, origin in sorted(missing.items())]


def drop_airflow(module: Module, edits: Edits) -> None:
    """Leave out Airflow's imports inside functions and conditions: what they bound is looked up above."""
    for statement in module.imports:
        if statement.top or not all(name.airflow for name in statement.names):
            continue
        if statement.alone:
            edits.replace(statement.span, "pass")
        else:
            edits.drop(_whole_line(edits.text, statement.span))
