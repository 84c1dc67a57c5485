"""The names that a module uses: what running it takes from its top level, and what it only mentions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from dagferry.syntax import grammar
from dagferry.syntax import nodes as cst
from dagferry.syntax.index import Index
from dagferry.syntax.scopes import defers_annotations, scopes_of
from dagferry.syntax.walking import below


@dataclass(frozen=True)
class Uses:
    """Names that some statements use.

    `run` are those that running them takes from the top level or from builtins, `mentioned` those that stand
    in annotations and in `__all__`.
    """

    run: frozenset[str]
    mentioned: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Every name of either kind."""
        return self.run | self.mentioned


def together(found: Iterable[Uses]) -> Uses:
    """The names that any of them uses."""
    uses = list(found)
    run = frozenset[str]().union(*(one.run for one in uses))
    return Uses(run, frozenset[str]().union(*(one.mentioned for one in uses)))


def uses_by_line(index: Index) -> dict[int, Uses]:
    """What each line or compound statement of the top level uses, by the identity of its libcst node."""
    deferred = defers_annotations(index.module)
    found: dict[int, Uses] = {}
    rest = iter(index.module.body)
    for line in index.cst.body:
        count = len(line.body) if isinstance(line, cst.SimpleStatementLine) else 1
        found[id(line)] = _uses([next(rest) for _ in range(count)], deferred)
    return found


def uses_of(index: Index, deferred: bool) -> Uses:
    """What a module uses. `deferred`: its annotations are not evaluated."""
    return _uses(index.module.body, deferred)


def _uses(statements: Collection[grammar.Statement], deferred: bool) -> Uses:
    top = scopes_of(statements, deferred)
    run = frozenset(top.read).union(*(scope.global_reads() for scope in top.below()))
    annotations = [one for scope in (top, *top.below()) for one in scope.annotations]
    return Uses(run, frozenset(_mentioned(statements, annotations)))


def _mentioned(
    statements: Iterable[grammar.Statement], annotations: Iterable[grammar.Expression]
) -> Iterator[str]:
    for annotation in annotations:
        yield from (name.id for name in below(annotation, grammar.Name))
    for statement in statements:
        if isinstance(statement, grammar.Assign) and _is_all(statement.targets[0]):
            yield from (str(one.value) for one in below(statement, grammar.Constant))


def _is_all(target: grammar.Expression) -> bool:
    return isinstance(target, grammar.Name) and target.id == "__all__"
