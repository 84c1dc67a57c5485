"""The support table: every construct with its grade and its names."""

from __future__ import annotations

from typing import Any

from dagferry.cli.constructs import table as rows
from dagferry.reference.markdown import table

_INTRO = """\
# Constructs

What of Airflow is converted, as `dagferry constructs` lists it. The grade is the best that a task
of this kind can get: `native` is plain Prefect, `adapted` uses a helper of
[`airflow_compat`](airflow_compat.md). An argument, a template or the graph around it may make a
task `adapted`; what has no conversion is `manual` (see [codes](codes.md)).

"""


def constructs_page() -> str:
    """The page: one table for all, then the names of each."""
    listed = rows()
    head = table(("construct", "kind", "grade", "what it becomes"), map(_cells, listed))
    return _INTRO + head + "".join(_section(row) for row in listed)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    name = f"[`{row['construct']}`](#{row['construct']})"
    return (name, row["kind"], row["grade"], row["summary"])


def _section(row: dict[str, Any]) -> str:
    names = "".join(f"- `{name}`\n" for name in row["names"])
    return f"\n## {row['construct']}\n\n{row['summary']}\n\nNames:\n\n{names}"
