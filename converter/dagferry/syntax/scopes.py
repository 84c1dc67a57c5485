"""The scopes of a module: which names each binds, and where the names come from that it reads.

The rules are Python's (https://docs.python.org/3/reference/executionmodel.html#naming-and-binding):
a class's names are not seen by its functions, a default belongs to what stands around a function,
the first iterable of a comprehension to what stands around it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from dagferry.syntax import grammar
from dagferry.syntax.walking import children

_BINDING = frozenset(
    {grammar.Alias, grammar.ExceptHandler, grammar.Global, grammar.Nonlocal, grammar.Pattern}
)
_COMPREHENSIONS = (grammar.ListComp, grammar.SetComp, grammar.GeneratorExp, grammar.DictComp)


@dataclass(eq=False, slots=True)
class Scope:
    """A class, function, lambda or comprehension, or the top level, which has no `node` and no `name`."""

    node: grammar.Node | None
    name: str
    outer: Scope | None
    bound: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    declared_global: set[str] = field(default_factory=set)
    declared_nonlocal: set[str] = field(default_factory=set)
    inner: list[Scope] = field(default_factory=list)
    annotations: list[grammar.Expression] = field(default_factory=list)

    def global_reads(self) -> frozenset[str]:
        """The names that it reads from the module (or from Python's own)."""
        return frozenset(name for name in self.read if self._owner(name) is None)

    def enclosing_reads(self) -> frozenset[str]:
        """The names that it reads from a function around it."""
        owners = ((name, self._owner(name)) for name in self.read)
        return frozenset(name for name, owner in owners if owner not in (None, self))

    def _owner(self, name: str) -> Scope | None:
        """The function (or this class) that a name belongs to, None for the module."""
        if name in self.declared_global:
            return None
        if name in self.bound and name not in self.declared_nonlocal:
            return self if self.outer is not None else None
        above = self.outer
        while above is not None and above.outer is not None:
            if name in above.declared_global:
                return None
            if name in above.bound and not isinstance(above.node, grammar.ClassDef):
                return above
            above = above.outer
        return None

    def below(self) -> Iterator[Scope]:
        """Every scope inside, outer ones first."""
        for one in self.inner:
            yield one
            yield from one.below()


def scopes(module: grammar.Module) -> Scope:
    """The scope of a module, with all others inside."""
    return scopes_of(module.body, defers_annotations(module))


def scopes_of(statements: Collection[grammar.Statement], deferred: bool) -> Scope:
    """The scope of some statements of the top level. `deferred`: annotations are not evaluated."""
    top = Scope(None, "", None)
    _Reader(deferred).read_all(statements, top)
    return top


def defers_annotations(module: grammar.Module) -> bool:
    """Whether `from __future__ import annotations` stands in the module."""
    return any(
        isinstance(one, grammar.ImportFrom)
        and one.module == "__future__"
        and any(alias.name == "annotations" for alias in one.names)
        for one in module.body
    )


class _Reader:
    """Reads statements and expressions into the scope that they belong to."""

    def __init__(self, deferred: bool) -> None:
        self.deferred = deferred

    def read_all(self, nodes: Collection[grammar.Statement], scope: Scope) -> None:
        for node in nodes:
            self.read(node, scope)

    def read(self, node: grammar.Node, scope: Scope) -> None:
        if node.__class__ is grammar.Name:
            assert isinstance(node, grammar.Name)
            (scope.read if node.ctx == "load" else scope.bound).add(node.id)
            return
        read = _READ.get(node.__class__)
        if read is not None:
            read(self, node, scope)
            return
        if node.__class__ in _BINDING:
            _bind(node, scope)
        for child in children(node):
            self.read(child, scope)

    def _lambda(self, node: grammar.Lambda, scope: Scope) -> None:
        inner = _inside(node, "lambda", scope)
        self._parameters(node.args, scope, inner)
        self.read(node.body, inner)

    def _annotated(self, node: grammar.AnnAssign, scope: Scope) -> None:
        self.read(node.target, scope)
        self._annotation(node.annotation, scope)
        if node.value is not None:
            self.read(node.value, scope)

    def _annotation(self, node: grammar.Expression | None, scope: Scope) -> None:
        if node is not None:
            scope.annotations.append(node)
            if not self.deferred:
                self.read(node, scope)

    def _named(self, node: grammar.NamedExpr, scope: Scope) -> None:
        home = scope
        while isinstance(home.node, _COMPREHENSIONS) and home.outer is not None:
            home = home.outer
        home.bound.add(node.target.id)
        self.read(node.value, scope)

    def _function(self, node: grammar.FunctionDef | grammar.AsyncFunctionDef, scope: Scope) -> None:
        scope.bound.add(node.name)
        for decorator in node.decorator_list:
            self.read(decorator, scope)
        inner = _inside(node, node.name, scope)
        inner.bound |= {one.name for one in node.type_params}
        self._parameters(node.args, scope, inner)
        self._annotation(node.returns, scope)
        self.read_all(node.body, inner)

    def _parameters(self, node: grammar.Parameters, scope: Scope, inner: Scope) -> None:
        for one in children(node):
            if isinstance(one, grammar.Parameter):
                inner.bound.add(one.arg)
                self._annotation(one.annotation, scope)
            else:
                self.read(one, scope)

    def _class(self, node: grammar.ClassDef, scope: Scope) -> None:
        scope.bound.add(node.name)
        for outside in (*node.decorator_list, *node.bases, *node.keywords):
            self.read(outside, scope)
        inner = _inside(node, node.name, scope)
        inner.bound |= {one.name for one in node.type_params}
        self.read_all(node.body, inner)

    def _comprehension(
        self,
        node: grammar.ListComp | grammar.SetComp | grammar.GeneratorExp | grammar.DictComp,
        scope: Scope,
    ) -> None:
        inner = _inside(node, "comprehension", scope)
        first = node.generators[0]
        self.read(first.iter, scope)
        for one in node.generators:
            self.read(one.target, inner)
            if one is not first:
                self.read(one.iter, inner)
            for test in one.ifs:
                self.read(test, inner)
        parts = [node.key, node.value] if isinstance(node, grammar.DictComp) else [node.elt]
        for part in parts:
            self.read(part, inner)


# What reads the nodes of a class; any other node is read part by part.
_READ: dict[type[grammar.Node], Callable[[_Reader, Any, Scope], None]] = {
    grammar.FunctionDef: _Reader._function,
    grammar.AsyncFunctionDef: _Reader._function,
    grammar.ClassDef: _Reader._class,
    grammar.Lambda: _Reader._lambda,
    grammar.NamedExpr: _Reader._named,
    grammar.AnnAssign: _Reader._annotated,
    **dict.fromkeys(_COMPREHENSIONS, _Reader._comprehension),
}


def _inside(node: grammar.Node, name: str, outer: Scope) -> Scope:
    inner = Scope(node, name, outer)
    outer.inner.append(inner)
    return inner


def _bind(node: grammar.Node, scope: Scope) -> None:
    match node:
        case grammar.Alias() if node.name != "*":
            scope.bound.add(node.asname or node.name.partition(".")[0])
        case grammar.ExceptHandler(name=str(name)):
            scope.bound.add(name)
        case grammar.Global():
            scope.declared_global |= set(node.names)
        case grammar.Nonlocal():
            scope.declared_nonlocal |= set(node.names)
        case grammar.Pattern():
            scope.bound |= set(node.names)
