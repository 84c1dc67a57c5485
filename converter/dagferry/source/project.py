"""The folder as Python sees it: parsed modules, and which file a dotted name means."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from dagferry import messages
from dagferry.findings import Finding
from dagferry.source.discover import Input, InputFile
from dagferry.source.module_paths import module_name
from dagferry.source.roots import Layout
from dagferry.source.scope import absolute_base, import_table, qualified
from dagferry.source.text import SourceText
from dagferry.syntax import grammar
from dagferry.syntax.index import Index
from dagferry.syntax.parse import Unreadable, parse
from dagferry.syntax.strings import BadLiteralError
from dagferry.syntax.walking import below


@dataclass(eq=False)
class ParsedModule:
    """A module that parses: its tree, its text, and what its imports mean.

    `known` are the names of Airflow's that `from airflow... import *` can be trusted to bring.
    """

    path: str
    name: str
    source: SourceText
    index: Index
    known: frozenset[str] = frozenset()
    layout: Layout | None = None
    project: SourceProject | None = field(default=None, repr=False)

    def canonical(self, origin: str) -> str:
        """A qualified name as this module writes it, by the names that modules of the folder have."""
        return self.layout.canonical(self.path, origin) if self.layout else origin

    @property
    def is_package(self) -> bool:
        """Whether the file is an `__init__.py`."""
        return self.path.endswith("__init__.py")

    @property
    def tree(self) -> grammar.Module:
        """The tree of the module."""
        return self.index.module

    @cached_property
    def imports(self) -> dict[str, str]:
        """Local name -> qualified name."""
        project = self.project
        if project is None:
            return self.own_imports
        return {local: project.resolved(origin) for local, origin in self.own_imports.items()}

    @cached_property
    def own_imports(self) -> dict[str, str]:
        """Local name -> qualified name, as the import statements spell it."""
        table = import_table(self.tree, self.name, self.is_package, self.known)
        return {local: self.canonical(origin) for local, origin in table.items()}

    @property
    def touches_airflow(self) -> bool:
        """Whether an import of the module reaches Airflow."""
        return any(is_airflow(origin) for origin in self.imports.values())


@dataclass(eq=False)
class SourceProject:
    """The readable modules of the folder, by path, parsed when first asked for."""

    input: Input
    known: frozenset[str] = frozenset()
    unreadable: dict[str, Finding] = field(default_factory=dict)
    _parsed: dict[str, ParsedModule | None] = field(default_factory=dict)

    @cached_property
    def files(self) -> dict[str, InputFile]:
        """Every file by its path."""
        return {file.path: file for file in self.input.files}

    def module(self, path: str) -> ParsedModule | None:
        """The module of a file; None when it does not parse (the reason is in `unreadable`)."""
        if path not in self._parsed:
            self._parsed[path] = self._parse(self.files[path])
        return self._parsed[path]

    def find(self, dotted: str) -> ParsedModule | None:
        """The module that an import of this dotted name reaches, when it is one of the folder's."""
        path = self.input.layout.find(dotted)
        return self.module(path) if path else None

    def resolved(self, origin: str) -> str:
        """Where a name of Airflow's comes from, by way of other modules of the folder."""
        seen: set[str] = set()
        name = origin
        while name not in seen and not is_airflow(name):
            seen.add(name)
            head, _, last = name.rpartition(".")
            module = self.find(head) if head else None
            name = module.own_imports.get(last, "") if module is not None else ""
        return name if is_airflow(name) else origin

    def locate(self, dotted: str) -> tuple[ParsedModule, str] | None:
        """The module and the name in it that a qualified name means; None outside the folder."""
        head, _, name = dotted.rpartition(".")
        seen: set[str] = set()
        while head and dotted not in seen:
            seen.add(dotted)
            module = self.find(head)
            if module is None:
                return None
            origin = module.imports.get(name)
            if origin is None:
                return module, name
            # The module itself imported the name from somewhere else.
            dotted = origin
            head, _, name = dotted.rpartition(".")
        return None

    def base_names(self, node: grammar.ClassDef, module: ParsedModule) -> tuple[str, ...]:
        """The qualified names from outside the folder that a class of the folder derives from.

        The nearest come first. Bases that are computed are left out.
        """
        found: dict[str, None] = {}
        for one, home in self.classes(node, module):
            for base in one.bases:
                origin = qualified(base, home.imports)
                if origin is not None and self.class_of(base, home) is None:
                    found[self.resolved(origin)] = None
        return tuple(found)

    def classes(
        self, node: grammar.ClassDef, module: ParsedModule
    ) -> tuple[tuple[grammar.ClassDef, ParsedModule], ...]:
        """A class and those of the folder that it derives from, the nearest first."""
        found: dict[grammar.ClassDef, ParsedModule] = {}
        waiting = [(node, module)]
        while waiting:
            one, home = waiting.pop(0)
            if one not in found:
                found[one] = home
                inner = (self.class_of(base, home) for base in one.bases)
                waiting += [each for each in inner if each is not None]
        return tuple(found.items())

    def class_of(
        self, node: grammar.Expression, module: ParsedModule
    ) -> tuple[grammar.ClassDef, ParsedModule] | None:
        """The class of the folder that an expression names, with its module."""
        name = node.id if isinstance(node, grammar.Name) else ""
        origin = qualified(node, module.imports)
        if origin is not None:
            located = self.locate(origin)
            if located is None:
                return None
            module, name = located
        classes = [one for one in module.index.of(grammar.ClassDef) if one.name == name]
        return (classes[0], module) if len(classes) == 1 else None

    def _parse(self, file: InputFile) -> ParsedModule | None:
        if file.text is None:
            return None
        try:
            index = Index(parse(file.text), file.text)
        except (Unreadable, BadLiteralError, ValueError, RecursionError) as error:
            self.unreadable[file.path] = _syntax_finding(error)
            return None
        layout = self.input.layout
        name = layout.names.get(file.path, module_name(file.path))
        return ParsedModule(
            file.path, name, SourceText(file.text, index), index, self.known, layout, self
        )


def is_airflow(origin: str) -> bool:
    """Whether a qualified name is Airflow's own (its providers included)."""
    return origin == "airflow" or origin.startswith("airflow.")


def imported_modules(module: ParsedModule) -> list[str]:
    """The dotted names that the module imports, as they may name modules of the folder."""
    found: list[str] = []
    for node in below(module.tree, grammar.Import, grammar.ImportFrom):
        if isinstance(node, grammar.Import):
            found += [alias.name for alias in node.names]
        else:
            base = absolute_base(node, module.name, module.is_package)
            found += [base, *(f"{base}.{alias.name}" for alias in node.names)]
    return [module.canonical(name) for name in found]


def _syntax_finding(error: Exception) -> Finding:
    if not isinstance(error, Unreadable):
        error = Unreadable(str(error) or type(error).__name__, 1, 1)
    shown = f"\n    {error.source}\n    {' ' * (error.column - 1)}^" if error.source else ""
    reason = f"{error.reason}{shown}"
    return messages.found("syntax error", reason=reason, line=error.line, column=error.column)
