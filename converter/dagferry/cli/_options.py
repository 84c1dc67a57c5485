"""Options that several verbs share, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from dagferry.cli import _baseline as baselines
from dagferry.cli._formats import FORMATS
from dagferry.findings import REQUIRED, Finding
from dagferry.report.records import GRADES, FileRecord
from dagferry.source.discover import Input

F = TypeVar("F", bound=Callable[..., Any])
_IGNORE = re.compile(r"#\s*dagferry:\s*ignore(?:\[([A-Z0-9, ]+)\])?")

paths = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)
output_format = click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to write the result.",
)
airflow_version = click.option(
    "--airflow-version",
    type=click.Choice(["2", "3"]),
    help="Whose rules for dates hold; by default told from each file's imports.",
)
fail_on = click.option(
    "--fail-on",
    type=click.Choice(["manual", "bridged", "adapted", "never"]),
    default="manual",
    show_default=True,
    help="Exit 1 when a DAG has this grade or a lower one. A required finding makes 1 whatever the "
    "grades; `never` makes 0 in both cases.",
)
jobs = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many processes to use.",
)
select = click.option(
    "--select",
    default="",
    metavar="CODES",
    help="Show and count only findings whose code starts with one of these.",
)
ignore = click.option(
    "--ignore",
    default="",
    metavar="CODES",
    help="Leave out findings whose code starts with one of these.",
)
baseline = click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Leave out the findings of a file that `assess --write-baseline` wrote.",
)
roots = click.option(
    "--root",
    "roots",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder that imports are looked for in, as on PYTHONPATH; may be given several times. "
    "By default the roots are told from what the files import.",
)
quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but what was asked for.")


def shared(function: F) -> F:
    """The options of every verb that reads a folder."""
    found = (output_format, airflow_version, fail_on, jobs, select, ignore, baseline, roots, quiet)
    for option in found:
        function = option(function)
    return function


def shown(
    files: Iterable[FileRecord], source: Input, select: str, ignore: str, baseline: Path | None
) -> list[FileRecord]:
    """The records with the findings that were asked for, are new, and no comment in the code ignores."""
    if baseline is not None:
        files = baselines.without(files, baselines.read(baseline))
    texts = {file.path: (file.text or "").split("\n") for file in source.files}
    return [
        replace(
            record,
            findings=tuple(
                finding
                for finding in record.findings
                if _asked(finding, select, ignore) and not _silenced(finding, texts[record.path])
            ),
        )
        for record in files
    ]


def _asked(finding: Finding, select: str, ignore: str) -> bool:
    wanted = [code.strip() for code in select.split(",") if code.strip()]
    unwanted = [code.strip() for code in ignore.split(",") if code.strip()]
    chosen = not wanted or finding.code.startswith(tuple(wanted))
    return chosen and not (unwanted and finding.code.startswith(tuple(unwanted)))


def _silenced(finding: Finding, lines: list[str]) -> bool:
    """A comment `# dagferry: ignore[DF302]` on the finding's line."""
    if not 0 < finding.line <= len(lines):
        return False
    found = _IGNORE.search(lines[finding.line - 1])
    if found is None:
        return False
    return found[1] is None or finding.code in {code.strip() for code in found[1].split(",")}


def exit_code(files: Iterable[FileRecord], shown: Iterable[FileRecord], level: str) -> int:
    """2 when something could not be read or we failed; 1 for a required finding or a grade; else 0.

    A required finding counts when it is `shown`: when no option, comment or baseline leaves it out.
    Grades always count.
    """
    listed = list(files)
    if any(record.status == "unreadable" for record in listed):
        return 2
    if any(finding.code.startswith("DF9") for record in listed for finding in record.findings):
        return 2
    if level == "never":
        return 0
    if any(f.severity == REQUIRED for record in shown for f in record.findings):
        return 1
    limit = GRADES.index(level)
    grades = [dag.grade for record in listed for dag in record.dags]
    return int(any(GRADES.index(grade) >= limit for grade in grades))


def say_versions(versions: dict[str, int], asked: str | None) -> None:
    """Say aloud, on stderr, whose rules for dates were inferred."""
    if asked is None and versions:
        names = " and ".join(str(version) for version in sorted(set(versions.values())))
        click.echo(f"Dates by the rules of Airflow {names}, told from the imports", err=True)
