"""The imports of a written module: what is Airflow's goes, what is needed comes, what is idle goes."""

from __future__ import annotations

import ast
import symtable
import sys
from collections.abc import Iterable, Mapping

from dagferry.build.edits import Edits
from dagferry.constructs._registry import replacements
from dagferry.emission.requests import COMPAT, Requests
from dagferry.model.project import Module
from dagferry.model.toplevel import ImportedName, ImportStatement
from dagferry.model.values import Span


def used_names(text: str) -> set[str]:
    """Every name that a text takes from its top level or from builtins. May raise SyntaxError."""
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
    return found | _quoted_names(text) | _annotated_names(text)


def _annotated_names(text: str) -> set[str]:
    """Names in annotations, which Python may leave unevaluated and readers do not."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(annotation, ast.expr):
                found |= {n.id for n in ast.walk(annotation) if isinstance(n, ast.Name)}
    return found


def _quoted_names(text: str) -> set[str]:
    """Names in `__all__`, which exports them."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets
        ):
            return {
                n.value
                for n in ast.walk(node)
                if isinstance(n, ast.Constant) and isinstance(n.value, str)
            }
    return set()


class ImportPlan:
    """Which names of the module's imports stay, and what else must be imported."""

    def __init__(self, module: Module, body: str, requests: Requests) -> None:
        self.module = module
        self.requests = requests
        self.used = used_names(body)
        self.before = used_names(module.text)
        self.missing: dict[str, str] = {}
        self.kept: dict[ImportStatement, tuple[ImportedName, ...]] = {}
        for statement in module.imports:
            self.kept[statement] = tuple(n for n in statement.names if self._stays(n))

    def _stays(self, name: ImportedName) -> bool:
        if not name.airflow:
            # A name that was idle before is the user's own; one that became idle goes.
            return name.local in self.used or name.local not in self.before
        if name.local in self.used:
            self._replace(name)
        return False

    def _replace(self, name: ImportedName) -> None:
        replacement = replacements().get(name.origin)
        if replacement is not None:
            written = replacement.name
            if name.local != replacement.name:
                written = f"{replacement.name} as {name.local}"
            self.requests.name(replacement.module, written)
        elif name.local not in _provided(self.requests):
            self.missing[name.local] = name.origin

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


def new_imports(requests: Requests, present: Iterable[str]) -> Mapping[str, list[str]]:
    """Import lines that are to be added, in three groups: `standard`, `third`, `own`."""
    already = set(present)
    groups: dict[str, list[str]] = {"standard": [], "third": [], "own": []}
    for module in sorted(requests.names):
        names = sorted(requests.names[module] - already, key=_import_order)
        if not names:
            continue
        groups[_group(module)].append(_from_import(module, names))
    return groups


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


def _group(module: str) -> str:
    if module == COMPAT:
        return "own"
    return "standard" if module.partition(".")[0] in sys.stdlib_module_names else "third"


def missing_lines(missing: Mapping[str, str], code: str) -> list[str]:
    """Stand-ins for names of Airflow's that code still uses: they raise when they are used."""
    return [f'{local} = missing("{origin}", "{code}")' for local, origin in sorted(missing.items())]
