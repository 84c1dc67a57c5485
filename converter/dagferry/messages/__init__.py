"""The wording of findings: one template for each kind, with named subjects.

A stage reports `found("missing name", line=3, name="airflow.x.Y")`. The sentence stands here once, so
that it can be read beside all others, and a test renders each with samples of its subjects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from dagferry.findings import Finding
from dagferry.messages.bodies import BODIES
from dagferry.messages.dag_refusals import DAG_REFUSALS
from dagferry.messages.dags import DAGS
from dagferry.messages.files import FILES
from dagferry.messages.kinds import Kind, Reason, RefusalKind
from dagferry.messages.task_refusals import TASK_REFUSALS
from dagferry.messages.tasks import TASKS

__all__ = ["KINDS", "REFUSALS", "Kind", "Reason", "found", "reason", "refused"]

KINDS: Mapping[str, Kind] = MappingProxyType({**FILES, **DAGS, **TASKS, **BODIES})
REFUSALS: Mapping[str, RefusalKind] = MappingProxyType({**DAG_REFUSALS, **TASK_REFUSALS})


def found(
    kind: str,
    *,
    line: int = 1,
    column: int = 1,
    task_id: str | None = None,
    construct: str | None = None,
    **subjects: object,
) -> Finding:
    """A finding of a kind. Raises KeyError for a kind that is not there, or a subject that is not given."""
    wording = KINDS[kind]
    return Finding(
        code=wording.code,
        message=wording.message.format(**subjects),
        hint=wording.hint.format(**subjects),
        severity=wording.severity,
        stub=wording.stub,
        cause=wording.cause.format(**subjects),
        line=line,
        column=column,
        task_id=task_id,
        construct=construct,
    )


def refused(
    code: str,
    subject: str,
    whole: str,
    *,
    cause: str = "",
    hint: str = "",
    line: int = 1,
    column: int = 1,
    task_id: str | None = None,
    construct: str | None = None,
) -> Finding:
    """A refusal as a finding: `whole`, the `task` or the `flow`, is a stub. The subject is a noun phrase."""
    subject = subject.rstrip(",")
    return Finding(
        code=code,
        message=f"no conversion for {subject}: the {whole} is a stub that raises",
        hint=hint,
        cause=cause or subject,
        stub=True,
        line=line,
        column=column,
        task_id=task_id,
        construct=construct,
    )


def of_dag(finding: Finding, dag_id: str) -> Finding:
    """A finding that is about one of several DAGs with the same code."""
    message, cause = f"`{dag_id}`: {finding.message}", finding.cause or finding.message
    return replace(finding, dag_id=dag_id, message=message, cause=cause)


def reason(kind: str, **subjects: object) -> Reason:
    """A refusal of a kind. Raises KeyError for a kind that is not there, or a subject that is not given."""
    wording = REFUSALS[kind]
    subject = wording.subject.format(**subjects)
    return Reason(wording.code, subject, wording.cause.format(**subjects))
