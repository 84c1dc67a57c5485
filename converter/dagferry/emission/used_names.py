"""The names that a module uses: what running it takes from its top level, and what it only mentions."""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.syntax import grammar
from dagferry.syntax.index import Index
from dagferry.syntax.scopes import scopes


def used_names(index: Index) -> set[str]:
    """Every name that running a module takes from its top level or from builtins."""
    top = scopes(index.module)
    return set(top.read).union(*(scope.global_reads() for scope in top.below()))


def mentioned_names(index: Index) -> set[str]:
    """Names that a module mentions without taking their value: in annotations, and in `__all__`."""
    found = {
        name.id
        for annotation in _annotations(index)
        for name in index.below(annotation, grammar.Name)
    }
    for statement in index.module.body:
        if isinstance(statement, grammar.Assign) and _is_all(statement.targets[0]):
            constants = index.below(statement, grammar.Constant)
            found |= {str(constant.value) for constant in constants}
    return found


def _annotations(index: Index) -> Iterator[grammar.Expression]:
    for parameter in index.of(grammar.Parameter):
        if parameter.annotation is not None:
            yield parameter.annotation
    for variable in index.of(grammar.AnnAssign):
        yield variable.annotation
    results = [function.returns for function in index.of(grammar.FunctionDef)]
    results += [function.returns for function in index.of(grammar.AsyncFunctionDef)]
    yield from filter(None, results)


def _is_all(target: grammar.Expression) -> bool:
    return isinstance(target, grammar.Name) and target.id == "__all__"
