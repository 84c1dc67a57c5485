"""The answer to "how hard will this be": counts that agree with each other, and what stands in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dagferry.findings import ADVISORY, Finding
from dagferry.report.causes import Attribution, Cause, DagKey
from dagferry.report.records import FileRecord

READY, DECIDE, BRIDGED, BY_HAND = "ready", "to decide", "bridged", "by hand"
#: Every DAG is in one of these, in the order of the work that it takes.
EFFORTS = (READY, DECIDE, BRIDGED, BY_HAND)
_STARTS = 5


@dataclass(frozen=True, slots=True)
class Effort:
    """How many DAGs take one kind of work, and how many tasks they have."""

    name: str
    dags: int
    tasks: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a folder is like. `efforts` partition its DAGs, `grades` its tasks."""

    files: int
    dags: int
    tasks: int
    families: int
    efforts: tuple[Effort, ...]
    grades: dict[str, int]
    unreadable: tuple[tuple[str, Finding | None], ...]
    blockers: tuple[Cause, ...]
    decisions: tuple[Cause, ...]
    advisory: dict[str, int]
    start_with: tuple[str, ...]


def summarize(files: Sequence[FileRecord]) -> Summary:
    """The summary of some records."""
    attribution = Attribution(files)
    effort = _efforts(attribution)
    tasks = attribution.tasks.values()
    advisory = Counter(
        one.code for file in files for one in file.findings if one.severity == ADVISORY
    )
    return Summary(
        files=len(files),
        dags=len(attribution.dags),
        tasks=len(tasks),
        families=sum(dag.family for dag in attribution.dags.values()),
        efforts=tuple(_counted(name, effort, attribution) for name in EFFORTS),
        grades=dict(Counter(task.grade for task in tasks)),
        unreadable=tuple(
            (file.path, file.findings[0] if file.findings else None)
            for file in files
            if file.status == "unreadable"
        ),
        blockers=attribution.causes(blocks=True),
        decisions=attribution.causes(blocks=False),
        advisory=dict(sorted(advisory.items())),
        start_with=_start_with(attribution, effort),
    )


def _efforts(attribution: Attribution) -> dict[DagKey, str]:
    required = attribution.required()
    named = {"manual": BY_HAND, "bridged": BRIDGED}
    return {
        key: named.get(dag.grade, DECIDE if key in required else READY)
        for key, dag in attribution.dags.items()
    }


def _counted(name: str, effort: dict[DagKey, str], attribution: Attribution) -> Effort:
    dags = [attribution.dags[key] for key, own in effort.items() if own == name]
    return Effort(name, len(dags), sum(len(dag.tasks) for dag in dags))


def _start_with(attribution: Attribution, effort: dict[DagKey, str]) -> tuple[str, ...]:
    """Ready DAGs, those in plain Prefect and with the most tasks first: the first gain that shows."""
    ready = [attribution.dags[key] for key, own in effort.items() if own == READY]
    ready.sort(key=lambda dag: (dag.grade != "native", dag.family, -len(dag.tasks), dag.dag_id))
    return tuple(dag.dag_id for dag in ready[:_STARTS])
