"""What a DAG says of itself, as far as it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dagferry import messages
from dagferry.constructs._base import Refused
from dagferry.errors import Impossible
from dagferry.findings import Finding
from dagferry.model.dag import Param, Schedule
from dagferry.model.values import Code, Value
from dagferry.source.arguments import Arguments
from dagferry.source.constants import Located
from dagferry.syntax import grammar


@dataclass
class Header:
    """What a DAG says of itself, with the findings on the way and what it is given up for.

    `settled` are arguments of which no code is left in the flow.
    """

    dag_id: Value | None
    schedule: Schedule
    default_args: dict[str, Located] = field(default_factory=dict)
    defaults: Code | None = None
    defaults_node: grammar.Expression | None = None
    unread_defaults: Refused | None = None
    description: Value | None = None
    doc: Value | None = None
    tags: tuple[str, ...] = ()
    max_active_runs: int | None = None
    timeout: float | int | None = None
    params: tuple[Param, ...] = ()
    on_failure: tuple[Code, ...] = ()
    on_success: tuple[Code, ...] = ()
    macros: Code | None = None
    filters: Code | None = None
    catchup: bool = False
    paused: bool = False
    settled: list[grammar.Expression] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refusals: list[messages.Reason] = field(default_factory=list)

    def tell(self, kind: str, found: Located | None, **subjects: Any) -> None:
        """Add a finding of a kind at the place of an argument."""
        line = found.node.line if found is not None else 0
        column = found.node.column if found is not None else 0
        self.findings.append(messages.found(kind, line=line, column=column, **subjects))


def is_none(arguments: Arguments, found: Located | None) -> bool:
    """Whether an argument is not given, or None."""
    try:
        return found is None or arguments.fold(found) is None
    except Impossible:
        return False
