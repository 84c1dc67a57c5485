"""Findings grouped by their cause, with the tasks and DAGs that each one touches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dagferry.catalogue import pages
from dagferry.findings import ADVISORY, Finding
from dagferry.report.records import DagRecord, FileRecord, TaskRecord

#: A DAG of the folder: the path of its file, and its position in it.
DagKey = tuple[str, int]
#: A task of the folder: its DAG, and its position in it.
TaskKey = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Touched:
    """A finding of a file, and what of the folder it is about."""

    path: str
    finding: Finding
    tasks: frozenset[TaskKey]
    dags: frozenset[DagKey]
    blocks: bool


@dataclass(frozen=True, slots=True)
class Cause:
    """What one mending would end: a code, in words, and what it touches. `blocks`: it makes stubs."""

    code: str
    text: str
    blocks: bool
    tasks: int
    dags: int
    findings: int


class Attribution:
    """Says of every finding which tasks and DAGs it is about.

    A finding at the line of a task is about every task that is made there, also where a helper in another
    file makes it. Any other is about the DAG whose code begins last before its line; above all DAGs of the
    file, about all of them. Where several DAGs have that code, it may name the one that it is about.
    """

    def __init__(self, files: Sequence[FileRecord]) -> None:
        self.dags: dict[DagKey, DagRecord] = {
            (file.path, at): dag for file in files for at, dag in enumerate(file.dags)
        }
        self.tasks: dict[TaskKey, TaskRecord] = {
            (*key, at): task for key, dag in self.dags.items() for at, task in enumerate(dag.tasks)
        }
        self._at: dict[tuple[str, int], list[TaskKey]] = {}
        for task_key, task in self.tasks.items():
            self._at.setdefault((task.path or task_key[0], task.line), []).append(task_key)
        self._of_file: dict[str, list[DagKey]] = {}
        for dag_key, dag in self.dags.items():
            self._of_file.setdefault(dag.path or dag_key[0], []).append(dag_key)
        self.touched = tuple(
            self._touched(file.path, finding) for file in files for finding in file.findings
        )

    def _touched(self, path: str, finding: Finding) -> Touched:
        made = self._at.get((path, finding.line), [])
        tasks = [key for key in made if self._is(self.tasks[key], finding)] or made
        if tasks and not self._is_about_a_dag(path, finding):
            dags = {key[:2] for key in tasks}
            blocks = any(self.tasks[key].grade == "manual" for key in tasks)
            return _made(path, finding, tasks, dags, blocks)
        around = self._around(path, finding.line)
        found = [key for key in around if finding.dag_id in (None, self.dags[key].dag_id)]
        stubs = found if finding.stub else ()
        inside = [(*key, at) for key in stubs for at in range(len(self.dags[key].tasks))]
        return _made(path, finding, inside, found, finding.stub)

    @staticmethod
    def _is(task: TaskRecord, finding: Finding) -> bool:
        return finding.task_id in (None, task.task_id)

    def _is_about_a_dag(self, path: str, finding: Finding) -> bool:
        """Whether a DAG stands on the line as well: a finding of a task then names the task."""
        lines = {self.dags[key].line for key in self._of_file.get(path, ())}
        return finding.task_id is None and finding.line in lines

    def _around(self, path: str, line: int) -> list[DagKey]:
        keys = self._of_file.get(path, [])
        before = [self.dags[key].line for key in keys if self.dags[key].line <= line]
        if not before:
            return [*keys, *(key for key in self.dags if key[0] == path and key not in keys)]
        return [key for key in keys if self.dags[key].line == max(before)]

    def causes(self, *, blocks: bool) -> tuple[Cause, ...]:
        """The causes of required findings that make stubs, or of the others; most tasks first."""
        wanted = [one for one in self.touched if one.blocks is blocks and _is_required(one)]
        grouped = _grouped(wanted)
        found = [_cause(code, text, group) for (code, text), group in grouped.items()]
        return tuple(sorted(found, key=_weight))

    def required(self) -> frozenset[DagKey]:
        """The DAGs that a required finding is about."""
        return frozenset(key for one in self.touched if _is_required(one) for key in one.dags)

    def of_dag(self, dag: DagKey) -> Iterator[Touched]:
        """All findings about one DAG."""
        return (one for one in self.touched if dag in one.dags)


def about(files: Sequence[FileRecord], ids: Collection[str | None]) -> list[FileRecord]:
    """The records of some DAGs alone, with the findings about them or about no DAG."""
    attribution = Attribution(files)
    wanted = {key for key, dag in attribution.dags.items() if dag.dag_id in ids}
    kept: dict[str, list[Finding]] = {}
    for one in attribution.touched:
        if not one.dags or one.dags & wanted:
            kept.setdefault(one.path, []).append(one.finding)
    return [
        replace(
            file,
            dags=tuple(dag for dag in file.dags if dag.dag_id in ids),
            findings=tuple(kept.get(file.path, ())),
        )
        for file in files
    ]


def without_dags(record: FileRecord, files: Sequence[FileRecord]) -> FileRecord:
    """A record of `files` without its DAGs, and without what is said of these alone."""
    attribution = Attribution(files)
    own = {key for key in attribution.dags if key[0] == record.path}
    kept = [
        one.finding
        for one in attribution.touched
        if one.path == record.path and (not one.dags or one.dags - own)
    ]
    return replace(record, dags=(), findings=tuple(kept))


def _made(
    path: str,
    finding: Finding,
    tasks: Iterable[TaskKey],
    dags: Iterable[DagKey],
    blocks: bool,
) -> Touched:
    required = finding.severity != ADVISORY
    return Touched(path, finding, frozenset(tasks), frozenset(dags), blocks and required)


def _is_required(one: Touched) -> bool:
    return one.finding.severity != ADVISORY


def _grouped(touched: Iterable[Touched]) -> Mapping[tuple[str, str], list[Touched]]:
    """By code and cause; those that name no cause are one group for each code."""
    groups: dict[tuple[str, str], list[Touched]] = {}
    for one in touched:
        groups.setdefault((one.finding.code, one.finding.cause), []).append(one)
    return {(code, cause or _common(code, group)): group for (code, cause), group in groups.items()}


def _common(code: str, group: Sequence[Touched]) -> str:
    """What findings without a cause have in common: their message, or the title of their page."""
    said = {one.finding.message for one in group}
    page = pages().get(code)
    if len(said) == 1 or page is None:
        return min(said)
    return page.title[:1].lower() + page.title[1:]


def _cause(code: str, text: str, group: Sequence[Touched]) -> Cause:
    tasks = frozenset().union(*(one.tasks for one in group))
    dags = frozenset().union(*(one.dags for one in group))
    return Cause(code, text, group[0].blocks, len(tasks), len(dags), len(group))


def _weight(cause: Cause) -> tuple[int, int, int, str, str]:
    return (-cause.tasks, -cause.dags, -cause.findings, cause.code, cause.text)
