"""`dagferry assess`: what is here and how hard is it; writes nothing but a baseline that was asked for."""

from __future__ import annotations

from pathlib import Path

import click

from dagferry.cli import _baseline as baselines
from dagferry.cli import _options as options
from dagferry.cli import _screen as screen
from dagferry.cli._findings import full_lines
from dagferry.cli._formats import document
from dagferry.cli._summary import summary_lines
from dagferry.errors import UsageError
from dagferry.pipeline import convert_input
from dagferry.report.summary import summarize
from dagferry.source.discover import read_input
from dagferry.writing import write_file


@click.command(name="assess")
@options.paths
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the findings of now to a file, to be left out later by --baseline.",
)
@click.option("--full", is_flag=True, help="Show every finding, by file and line.")
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
    full: bool,
    roots: tuple[Path, ...],
) -> int:
    r"""Say how hard it will be to convert the DAGs in PATH, and what stands in the way.

    \b
    Example:
      dagferry assess dags/
      dagferry assess dags/ --full
    """
    source = read_input(paths, roots)
    version = int(airflow_version) if airflow_version else None
    with screen.working(f"Reading {len(source.files)} files", quiet=quiet):
        conversion = convert_input(source, airflow_version=version, jobs=jobs)
    files = options.shown(conversion.files, source, select, ignore, baseline)
    if not any(record.dags or record.status == "unreadable" for record in files):
        raise UsageError(f"expected a DAG, found none in {', '.join(map(str, paths))}")
    if write_baseline is not None:
        write_file(write_baseline, baselines.dumps(files).encode())
    if not quiet:
        options.say_versions(conversion.versions, airflow_version)
    if format_ != "text":
        click.echo(document(format_, files, source.roots))
    elif full:
        screen.show(full_lines(files))
    else:
        asked = " ".join(map(str, paths))
        screen.show(summary_lines(summarize(files), source.roots, asked, screen.width()))
    return options.exit_code(conversion.files, files, fail_on)
