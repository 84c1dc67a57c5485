"""Loops over values of a package that is not in the folder: the number of iterations is not known."""

from __future__ import annotations

import sys

from dagferry.source.abstract import External, Scope
from dagferry.source.following import Follower
from dagferry.source.project import is_airflow
from dagferry.source.roots import OUTSIDE
from dagferry.syntax import grammar
from dagferry.syntax.walking import loads


def made(machine: Follower) -> int:
    """How many DAGs and tasks were made so far."""
    return sum(1 + len(builder.nodes) for _, builder in machine.dags)


def note_outside(
    iterated: grammar.Expression, before: int, scope: Scope, machine: Follower
) -> None:
    """Take note of a loop that made something, if what it goes over comes from outside the folder.

    `before` is what `made` gave before the loop. The standard library and Airflow are not meant: what they
    give is computed by a run, and not written down in a package that could be given as well.
    """
    name = _outside(iterated, scope)
    if name is not None and made(machine) > before:
        machine.outside_loops.setdefault(iterated, (scope.module, name))


def _outside(iterated: grammar.Expression, scope: Scope) -> str | None:
    for name in loads(iterated):
        value = scope.lookup(name.id)
        if isinstance(value, External) and _is_meant(value.name):
            return value.name.removeprefix(OUTSIDE)
    return None


def _is_meant(name: str) -> bool:
    return not is_airflow(name) and name.partition(".")[0] not in sys.stdlib_module_names
