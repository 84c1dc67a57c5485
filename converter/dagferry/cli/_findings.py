"""Every finding by file and line: what `--full` shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dagferry.cli._plural import counted
from dagferry.cli._screen import Line
from dagferry.findings import ADVISORY, Finding
from dagferry.report.records import GRADES, FileRecord, to_json

_STYLES = {"native": "green", "adapted": "green", "bridged": "cyan", "manual": "red"}


def described(finding: Finding, path: str) -> str:
    """A finding as a line of text: place, code, severity, what, and what to do."""
    hint = f"\n    {finding.hint}" if finding.hint else ""
    place = f"{path}:{finding.line}:{finding.column}"
    return f"{place}: {finding.code} {finding.severity}: {finding.message}{hint}"


def finding_lines(files: Sequence[FileRecord], *, required_only: bool = False) -> list[Line]:
    """A line for each finding, in the order of files and lines."""
    return [
        Line(described(finding, record.path), "" if finding.severity == ADVISORY else "yellow")
        for record in files
        for finding in record.findings
        if not (required_only and finding.severity == ADVISORY)
    ]


def full_lines(files: Sequence[FileRecord]) -> list[Line]:
    """Findings by file and line, then the DAGs with their grades, then the totals."""
    findings, dags = finding_lines(files), list(_dags(files))
    gap = [Line("")] if findings and dags else []
    return [*findings, *gap, *dags, Line(""), totals_line(files)]


def _dags(files: Sequence[FileRecord]) -> Iterator[Line]:
    dags = [(record, dag) for record in files for dag in record.dags]
    widest = max((len(dag.dag_id) for _, dag in dags), default=0)
    for record, dag in dags:
        count = counted(len(dag.tasks), "task")
        text = f"{dag.dag_id:<{widest}}  {dag.grade:<8} {count:<9} {record.path}:{dag.line}"
        yield Line(text, _STYLES[dag.grade])


def totals_line(files: Sequence[FileRecord]) -> Line:
    """The totals in one line."""
    totals = to_json(files)["totals"]
    grades = ", ".join(f"{totals['grades'][grade]} {grade}" for grade in GRADES)
    amounts = f"{counted(totals['dags'], 'DAG')} in {counted(totals['files'], 'file')}"
    findings = totals["findings"]
    severities = f"{findings['required']} required, {findings['advisory']} advisory"
    return Line(
        f"{amounts}; {counted(totals['tasks'], 'task')}: {grades}; findings: {severities}", "bold"
    )
