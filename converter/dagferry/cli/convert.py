"""`dagferry convert`: writes flows, prefect.yaml, airflow_compat where needed, and the manifest."""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from dagferry import manifest as manifests
from dagferry.cli import _options as options
from dagferry.cli import _screen as screen
from dagferry.cli._conversion import conversion_lines
from dagferry.cli._formats import document
from dagferry.errors import UsageError
from dagferry.graph.families import family_of
from dagferry.helper import HELPER, with_parts
from dagferry.pipeline import Conversion, convert_input
from dagferry.report.causes import about
from dagferry.report.records import FileRecord, from_json, to_json
from dagferry.source.discover import Input, read_input
from dagferry.writing import Written, check_place, helper_in, sort_out, write_file


@click.command(name="convert")
@options.paths
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="The folder for the flows.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if something would be written.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.option("--dag", "dag_ids", multiple=True, metavar="ID", help="Report only these DAGs.")
@click.option(
    "--force", is_flag=True, help="Overwrite files that were edited after they were made."
)
@options.shared
def command(
    paths: tuple[Path, ...],
    output: Path,
    check: bool,
    diff: bool,
    dag_ids: tuple[str, ...],
    force: bool,
    format_: str,
    airflow_version: str | None,
    fail_on: str,
    jobs: int,
    select: str,
    ignore: str,
    baseline: Path | None,
    quiet: bool,
    roots: tuple[Path, ...],
) -> int:
    r"""Convert the DAGs in PATH to Prefect flows in the folder OUTPUT.

    \b
    Example:
      dagferry convert dags/ -o flows/
    """
    source = read_input(paths, roots)
    check_place(output, source.root, (file.path for file in source.files))
    asked = f"airflow={airflow_version or 'inferred'} roots={','.join(source.given_roots) or 'inferred'}"
    files, wrote = _converted(
        source, output, asked, airflow_version, jobs, check or diff, force, diff
    )
    files = _chosen(files, dag_ids)
    shown = options.shown(files, source, select, ignore, baseline)
    if not any(record.dags or record.status == "unreadable" for record in files):
        raise UsageError(f"expected a DAG, found none in {', '.join(map(str, paths))}")
    _report(shown, source.roots, wrote, output, paths, format_, quiet, check or diff)
    if check and (wrote.written or wrote.kept or wrote.removed or wrote.shadowed):
        return 1
    return options.exit_code(files, shown, fail_on) or int(bool(wrote.kept or wrote.shadowed))


def _converted(
    source: Input,
    output: Path,
    asked: str,
    airflow_version: str | None,
    jobs: int,
    dry: bool,
    force: bool,
    diff: bool,
) -> tuple[list[FileRecord], Written]:
    before = manifests.read(output)
    inputs = {file.path: file.data for file in source.files}
    if before is not None and manifests.unchanged(before, inputs, asked, output):
        return from_json(before), Written((), tuple(before["outputs"]), ())
    version = int(airflow_version) if airflow_version else None
    with screen.working(f"Converting {len(source.files)} files"):
        conversion = convert_input(source, airflow_version=version, jobs=jobs)
    outputs = with_parts(conversion.outputs, helper_in(output))
    conversion = replace(conversion, outputs=outputs)
    wrote = sort_out(output, conversion.outputs, before, force=force)
    if diff:
        _show_diff(output, conversion, wrote)
    if not dry and any(record.dags or record.status == "dag" for record in conversion.files):
        _write(output, conversion, wrote, inputs, asked, before)
    return list(conversion.files), wrote


def _write(
    output: Path,
    conversion: Conversion,
    wrote: Written,
    inputs: dict[str, bytes],
    asked: str,
    before: dict[str, Any] | None,
) -> None:
    for path in wrote.written:
        write_file(output / path, conversion.outputs[path])
    for path in wrote.removed:
        (output / path).unlink()
    made = {p: d for p, d in conversion.outputs.items() if p not in wrote.kept}
    manifest = manifests.build(inputs, made, asked, to_json(conversion.files, conversion.roots))
    for path in (*wrote.kept, *wrote.shadowed):
        # What was last generated here, so that the next run still knows it was edited.
        manifest["outputs"][path] = (before or {"outputs": {}})["outputs"].get(path, "edited")
    write_file(output / manifests.NAME, manifests.dumps(manifest))


def _show_diff(output: Path, conversion: Conversion, wrote: Written) -> None:
    for path in (*wrote.written, *wrote.kept):
        file = output / path
        old = file.read_text().splitlines(keepends=True) if file.exists() else []
        new = conversion.outputs[path].decode().splitlines(keepends=True)
        click.echo("".join(difflib.unified_diff(old, new, str(file), str(file))), nl=False)


def _chosen(files: list[FileRecord], dag_ids: tuple[str, ...]) -> list[FileRecord]:
    if not dag_ids:
        return files
    known = {dag.dag_id for record in files for dag in record.dags}
    for unknown in sorted(set(dag_ids) - known):
        if family_of(unknown, known) is None:
            listed = ", ".join(sorted(known))
            raise UsageError(f"expected the id of a DAG, found {unknown!r}; there are: {listed}")
    wanted = {*dag_ids, *(family_of(one, known) for one in set(dag_ids) - known)}
    return about(files, wanted)


def _report(
    files: list[FileRecord],
    roots: tuple[str, ...],
    wrote: Written,
    output: Path,
    paths: tuple[Path, ...],
    format_: str,
    quiet: bool,
    dry: bool,
) -> None:
    for path in wrote.kept:
        click.echo(
            f"{output / path}: edited after it was generated; left alone (--force overwrites it)",
            err=True,
        )
    for path in wrote.shadowed:
        click.echo(
            f"{output / path}: is not used, for flows import the package {HELPER}/ beside it; edited"
            " after it was generated, so left alone: move what you changed, then delete it",
            err=True,
        )
    if format_ != "text":
        click.echo(document(format_, files, roots))
    elif not quiet:
        asked = " ".join(map(str, paths))
        screen.show(conversion_lines(files, wrote, output, asked, dry=dry))
