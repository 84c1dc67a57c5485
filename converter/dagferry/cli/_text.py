"""The text that `assess` and `convert` write for people."""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.cli._options import described
from dagferry.report.records import GRADES, FileRecord, to_json


def report_text(files: Sequence[FileRecord]) -> str:
    """Findings by file and line, then the DAGs with their grades, then the totals."""
    lines = [described(finding, record.path) for record in files for finding in record.findings]
    dags = [(record, dag) for record in files for dag in record.dags]
    if dags and lines:
        lines.append("")
    width = max((len(dag.dag_id) for _, dag in dags), default=0)
    for record, dag in dags:
        count = f"{len(dag.tasks)} task{'s' if len(dag.tasks) != 1 else ''}"
        lines.append(f"{dag.dag_id:<{width}}  {dag.grade:<8} {count:<9} {record.path}:{dag.line}")
    return "\n".join([*lines, *_totals(files)])


def _totals(files: Sequence[FileRecord]) -> list[str]:
    totals = to_json(files)["totals"]
    grades = ", ".join(f"{totals['grades'][grade]} {grade}" for grade in GRADES)
    return [
        "",
        f"{totals['dags']} DAGs in {totals['files']} files; {totals['tasks']} tasks: {grades}",
    ]
