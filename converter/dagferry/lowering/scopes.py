"""Which functions a module has, where each stands, and which function a name means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dagferry.model.task import FunctionKey
from dagferry.source.project import ParsedModule, SourceProject
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.walking import children, walk

FunctionNode = grammar.FunctionDef | grammar.AsyncFunctionDef


class Scopes:
    """The functions of a module by qualified name (`outer.inner`), and the enclosing ones of a node."""

    def __init__(self, module: ParsedModule) -> None:
        self.module = module
        self.functions: dict[str, FunctionNode] = {}
        self.enclosing: dict[grammar.Node, tuple[str, ...]] = {}
        self.bound = Counter[str]()
        #: The last line on which each name is bound, by an import as well.
        self.last_bound: dict[str, int] = {}
        self._visit(module.tree, ())

    def _visit(self, node: grammar.Node, path: tuple[str, ...]) -> None:
        for child in children(node):
            inner = path
            if isinstance(child, (grammar.Call, grammar.Statement)):
                self.enclosing[child] = path
            if isinstance(child, (grammar.FunctionDef, grammar.AsyncFunctionDef)):
                inner = (*path, child.name)
                self.functions[".".join(inner)] = child
                self._bind(child.name, child.line)
            elif isinstance(child, grammar.ClassDef):
                inner = (*path, child.name)
                self._bind(child.name, child.line)
            elif isinstance(child, grammar.Name) and child.ctx == "store":
                self._bind(child.id, child.line)
            elif isinstance(child, grammar.Parameter):
                self._bind(child.arg, child.line)
            elif isinstance(child, (grammar.Import, grammar.ImportFrom)):
                for alias in child.names:
                    local = alias.asname or alias.name.partition(".")[0]
                    self.last_bound[local] = max(self.last_bound.get(local, 0), child.line)
            self._visit(child, inner)

    def _bind(self, name: str, line: int) -> None:
        self.bound[name] += 1
        self.last_bound[name] = max(self.last_bound.get(name, 0), line)

    def resolve(self, name: str, path: tuple[str, ...]) -> str | None:
        """The qualified name of the function that a name means at a place, if it is surely one."""
        if self.bound[name] != 1:
            return None
        for depth in range(len(path), -1, -1):
            candidate = ".".join([*path[:depth], name])
            if candidate in self.functions:
                return candidate
        return None


def function_of(
    node: grammar.Expression, path: tuple[str, ...], scopes: Scopes, project: SourceProject
) -> FunctionKey | None:
    """The function of the folder that an expression names, if it is surely one."""
    if isinstance(node, grammar.Name):
        local = scopes.resolve(node.id, path)
        if local is not None:
            return FunctionKey(module=scopes.module.name, name=local)
        if scopes.bound[node.id]:
            return None
    origin = qualified(node, scopes.module.imports)
    located = project.locate(origin) if origin else None
    if located is None:
        return None
    module, name = located
    known = scopes_of(module).functions
    return FunctionKey(module=module.name, name=name) if name in known else None


def scopes_of(module: ParsedModule) -> Scopes:
    """The scopes of a module, made once for it."""
    found: Scopes | None = module.__dict__.get("_scopes")
    if found is None:
        found = module.__dict__["_scopes"] = Scopes(module)
    return found


def name_loads(node: grammar.Node) -> Iterator[grammar.Name]:
    """Every name that is read below a node."""
    for child in walk(node):
        if isinstance(child, grammar.Name) and child.ctx == "load":
            yield child
