"""Which functions a module has, where each stands, and which function a name means."""

from __future__ import annotations

from collections import Counter

from dagferry.model.task import FunctionKey
from dagferry.source.abstract import FunctionValue
from dagferry.source.project import ParsedModule, SourceProject
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, stores

FunctionNode = grammar.FunctionDef | grammar.AsyncFunctionDef
_FUNCTIONS = (grammar.FunctionDef, grammar.AsyncFunctionDef)
_NAMED = (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.ClassDef)


class Scopes:
    """The functions of a module by qualified name (`outer.inner`), and the enclosing ones of a node."""

    def __init__(self, module: ParsedModule) -> None:
        self.module = module
        self.functions: dict[str, FunctionNode] = {}
        self.bound = Counter[str]()
        #: The number of the last node that binds each name, by an import as well.
        self.last_bound: dict[str, int] = {}
        self._read_definitions(module.tree)
        self._read_bindings(module.tree)

    def path_of(self, node: grammar.Node) -> tuple[str, ...]:
        """The functions and classes that a node stands in, outermost first."""
        path: list[str] = []
        while node.owner >= 0:
            node = node.home.nodes[node.owner]
            if isinstance(node, _NAMED):
                path.append(node.name)
        return tuple(reversed(path))

    def _read_definitions(self, tree: grammar.Module) -> None:
        for function in below(tree, *_FUNCTIONS):
            self.functions[".".join((*self.path_of(function), function.name))] = function

    def _read_bindings(self, tree: grammar.Module) -> None:
        named = [(one, one.name) for one in below(tree, *_NAMED)]
        stored = [(one, one.id) for one in stores(tree) if one.ctx == "store"]
        given = [(one, one.arg) for one in below(tree, grammar.Parameter)]
        for node, name in [*named, *stored, *given]:
            self.bound[name] += 1
            self.last_bound[name] = max(self.last_bound.get(name, 0), node.number)
        for alias in below(tree, grammar.Alias):
            local = alias.asname or alias.name.partition(".")[0]
            self.last_bound[local] = max(self.last_bound.get(local, 0), alias.number)

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


def key_of(function: FunctionValue) -> FunctionKey | None:
    """The name of a function in its module; None where another one has taken it."""
    for name, node in scopes_of(function.module).functions.items():
        if node is function.node:
            return FunctionKey(module=function.module.name, name=name)
    return None
