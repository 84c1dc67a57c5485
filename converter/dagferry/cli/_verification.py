"""What `dagferry verify` does once its engines are on their way: convert, compare, and say it."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from dagferry import manifest as manifests
from dagferry.errors import UsageError
from dagferry.parity import Check, DagReport, TraceError, VerifyOptions, VerifyReport, verify
from dagferry.parity.engines import LIGHT
from dagferry.parity.policy import LENIENCIES
from dagferry.parity.saved import SavedTracesError
from dagferry.pipeline import convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import Input, read_input
from dagferry.writing import write_file


def verified(
    paths: Sequence[Path],
    flows: Path | None,
    options: VerifyOptions,
    airflow_version: int | None,
    dag_id: str | None,
    *,
    tell: bool,
) -> VerifyReport:
    """The report on every DAG of the paths, or on one; `tell`: each verdict on stderr, once it is there.

    Raises UsageError for paths, flows and traces that cannot be used.
    """
    source = read_input(paths)
    told = _told if tell else None
    try:
        with _flows(source, flows, airflow_version) as (folder, manifest):
            selected = _selected(manifest, source, dag_id)
            return verify(source.root, folder, selected, options, progress=told, only=dag_id)
    except (SavedTracesError, TraceError) as error:
        raise UsageError(str(error)) from error


def _told(dag: DagReport) -> None:
    click.echo(f"{dag.verdict:<10} {dag.dag_id}", err=True)


@contextmanager
def _flows(
    source: Input, flows: Path | None, version: int | None
) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The converted folder and its manifest; converted into a scratch folder when there is none."""
    if flows is not None:
        manifest = manifests.read(flows)
        if manifest is None:
            raise UsageError(f"expected {manifests.NAME} in {flows}: convert into it first")
        yield flows, manifest
        return
    with tempfile.TemporaryDirectory(prefix="dagferry-flows-") as scratch:
        conversion = convert_input(source, airflow_version=version)
        for path, data in conversion.outputs.items():
            write_file(Path(scratch, path), data)
        yield Path(scratch), to_json(conversion.files)


def _selected(manifest: Mapping[str, Any], source: Input, dag_id: str | None) -> Mapping[str, Any]:
    files = [file for file in manifest["files"] if file["path"] in source.selected]
    ids = [dag["dag_id"] for file in files for dag in file["dags"]]
    if not ids:
        raise UsageError("expected a DAG to verify, found none")
    if dag_id is not None and dag_id not in ids:
        raise UsageError(f"--dag: expected one of {', '.join(ids)}, found {dag_id}")
    return {**manifest, "files": files}


def text(report: VerifyReport, verbose: bool) -> str:
    """The report as lines: what is equal in one line, and what is not with its checks."""
    lines: list[str] = []
    width = max((len(dag.dag_id) for dag in report.dags), default=0)
    for dag in report.dags:
        lines.append(f"{dag.dag_id:<{width}}  {dag.verdict:<10} {dag.path}")
        lines += [f"    {note}" for note in (dag.reason, *dag.notes) if note]
        for check in dag.checks:
            if (
                (verbose and check.detail != dag.reason)
                or check.verdict == "different"
                or _worth_saying(dag, check)
            ):
                lines.append(
                    f"    {check.check:<12} {check.verdict:<12} {check.detail or ''}".rstrip()
                )
    engines = ", ".join(
        f"{side} {engine}" if engine == LIGHT else engine for side, engine in report.engines.items()
    )
    totals = ", ".join(f"{count} {name}" for name, count in report.totals.items())
    return "\n".join(
        [*lines, "", f"{totals} (engines: {engines})", *report.notes, *_lenient(report)]
    )


def _lenient(report: VerifyReport) -> list[str]:
    used = Counter(
        name for dag in report.dags for check in dag.checks for name, _ in check.leniencies
    )
    return [f"lenient {used[name]} times: {LENIENCIES[name]}" for name in sorted(used)]


def _worth_saying(dag: DagReport, check: Check) -> bool:
    """A check that lacks, unless the reason of the DAG said so already."""
    open_ = check.verdict == "not-checked" and not check.vacuous
    return dag.verdict == "incomplete" and open_ and check.detail != dag.reason
