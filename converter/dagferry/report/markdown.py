"""Records as Markdown, for a pull request or a ticket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dagferry.report.causes import Cause
from dagferry.report.records import GRADES, FileRecord
from dagferry.report.summary import Summary


def markdown(summary: Summary, files: Sequence[FileRecord]) -> str:
    """The summary, every DAG, and every finding, as tables."""
    efforts = [(e.name, str(e.dags), str(e.tasks)) for e in summary.efforts]
    grades = [(grade, str(summary.grades.get(grade, 0))) for grade in GRADES]
    parts = [
        f"# {summary.dags} DAGs, {summary.tasks} tasks in {summary.files} files",
        _table(("DAGs", "number", "tasks"), efforts),
        _table(("grade", "tasks"), grades),
        *_causes("What stands in the way", summary.blockers),
        *_causes("Would differ and needs a decision (required)", summary.decisions),
        "## DAGs",
        _table(("DAG", "grade", "tasks", "place"), _dags(files)),
        "## Findings",
        _table(("place", "code", "severity", "message"), _findings(files)),
    ]
    return "\n\n".join(parts)


def _causes(title: str, causes: Sequence[Cause]) -> Iterator[str]:
    if causes:
        yield f"## {title}"
        rows = [(c.text, c.code, str(c.tasks), str(c.dags)) for c in causes]
        yield _table(("cause", "code", "tasks", "DAGs"), rows)


def _dags(files: Sequence[FileRecord]) -> Iterator[tuple[str, ...]]:
    for file in files:
        for dag in file.dags:
            yield f"`{dag.dag_id}`", dag.grade, str(len(dag.tasks)), f"{file.path}:{dag.line}"


def _findings(files: Sequence[FileRecord]) -> Iterator[tuple[str, ...]]:
    for file in files:
        for one in file.findings:
            yield f"{file.path}:{one.line}", one.code, one.severity, one.message


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_row(head), _row(["---"] * len(head)), *map(_row, rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"
