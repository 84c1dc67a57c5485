"""`dagferry assess`: what is here and how hard is it; writes nothing but a baseline that was asked for."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dagferry.cli import _baseline as baselines
from dagferry.cli import _options as options
from dagferry.cli._text import report_text
from dagferry.errors import UsageError
from dagferry.pipeline import convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import read_input
from dagferry.writing import write_file


@click.command(name="assess")
@options.paths
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the findings of now to a file, to be left out later by --baseline.",
)
@options.shared
def command(
    paths: tuple[Path, ...],
    format_: str,
    airflow_version: str | None,
    fail_on: str,
    jobs: int,
    select: str,
    ignore: str,
    baseline: Path | None,
    quiet: bool,
    write_baseline: Path | None,
) -> int:
    r"""Say what DAGs are in PATH, what each task would become, and what has no conversion.

    \b
    Example:
      dagferry assess dags/ --format json
    """
    source = read_input(paths)
    version = int(airflow_version) if airflow_version else None
    conversion = convert_input(source, airflow_version=version, jobs=jobs)
    files = options.shown(conversion.files, source, select, ignore, baseline)
    if not any(record.dags or record.status == "unreadable" for record in files):
        raise UsageError(f"expected a DAG, found none in {', '.join(map(str, paths))}")
    if write_baseline is not None:
        write_file(write_baseline, baselines.dumps(files).encode())
    if not quiet:
        options.say_versions(conversion.versions, airflow_version)
    click.echo(json.dumps(to_json(files), indent=2) if format_ == "json" else report_text(files))
    return options.exit_code(conversion.files, fail_on)
