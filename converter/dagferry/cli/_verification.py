"""What `dagferry verify` does once its engines are on their way: convert, compare, and say it."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagferry import manifest as manifests
from dagferry.cli._plural import counted
from dagferry.cli._proof import STYLES, check_line, proof, scenario_lines
from dagferry.cli._screen import Line
from dagferry.errors import UsageError
from dagferry.graph.families import family_of
from dagferry.parity import Check, DagReport, TraceError, VerifyOptions, VerifyReport, verify
from dagferry.parity.compare import INCOMPLETE
from dagferry.parity.engines import LIGHT
from dagferry.parity.manifest import root_of
from dagferry.parity.policy import LENIENCIES
from dagferry.parity.report import why_incomplete
from dagferry.parity.saved import SavedTracesError
from dagferry.parity.values import DIFFERENT
from dagferry.pipeline import convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import Input, read_input
from dagferry.writing import write_file


def verified(
    paths: Sequence[Path],
    roots: Sequence[Path],
    flows: Path | None,
    options: VerifyOptions,
    airflow_version: int | None,
    dag_id: str | None,
) -> VerifyReport:
    """The report on every DAG of the paths, or on one. On a terminal, how far it is stands on stderr.

    Raises UsageError for paths, flows and traces that cannot be used.
    """
    for path in paths:
        if flows is None and (path / manifests.NAME).is_file():
            raise UsageError(
                f"{path}: expected DAG files, found a folder that `dagferry convert` wrote: give it as "
                f"--flows {path}"
            )
    source = read_input(paths, roots)
    try:
        with _flows(source, flows, airflow_version) as (folder, manifest):
            root, selected = _selected(manifest, source)
            ids = chosen(selected, dag_id)
            with progress(sum(len(file["dags"]) for file in ids["files"])) as told:
                return verify(root, folder, ids, options, progress=told, only=dag_id)
    except (SavedTracesError, TraceError) as error:
        raise UsageError(str(error)) from error


@contextmanager
def progress(total: int) -> Iterator[Callable[[DagReport], None] | None]:
    """A bar on stderr that is told of each DAG; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("verify", total=total)

        def told(dag: DagReport) -> None:
            bar.update(task, advance=1, description=dag.dag_id)

        yield told


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
        yield Path(scratch), to_json(conversion.files, conversion.roots)


def _selected(manifest: Mapping[str, Any], source: Input) -> tuple[Path, Mapping[str, Any]]:
    """The folder that the manifest was made of, and the manifest of the files that were asked for."""
    asked = {source.root / path for path in source.selected}
    known = [file["path"] for file in manifest["files"] if file["dags"]]
    root = root_of(asked, known) or source.root
    files = [file for file in manifest["files"] if root / file["path"] in asked]
    if not any(file["dags"] for file in files):
        raise UsageError("expected a DAG to verify, found none")
    return root, {**manifest, "files": files}


def chosen(manifest: Mapping[str, Any], dag_id: str | None) -> Mapping[str, Any]:
    """The manifest of one DAG, by its id or by one that a family of computed ids may hold."""
    if dag_id is None:
        return manifest
    ids = {dag["dag_id"]: dag["family"] for file in manifest["files"] for dag in file["dags"]}
    families = [one for one, family in ids.items() if family]
    wanted = dag_id if dag_id in ids else family_of(dag_id, families)
    if wanted is None:
        raise UsageError(f"--dag: expected one of {', '.join(ids)}, found {dag_id}")
    files = [
        {**file, "dags": [dag for dag in file["dags"] if dag["dag_id"] == wanted]}
        for file in manifest["files"]
    ]
    return {**manifest, "files": files}


def text(report: VerifyReport, verbose: bool) -> Iterator[Line]:
    """A line for each DAG, the checks of those that differ, one line why another is incomplete."""
    widest = max((len(dag.dag_id) for dag in report.dags), default=0)
    for dag in report.dags:
        style = STYLES[dag.verdict]
        proven = f"  {said}" if (said := proof(dag)) else ""
        yield Line(f"{dag.dag_id:<{widest}}  {dag.verdict:<10} {dag.path}{proven}", style)
        if dag.verdict == INCOMPLETE and not (verbose and dag.reason is None):
            yield Line(f"    {why_incomplete(dag)}")
        elif dag.reason:
            yield Line(f"    {dag.reason}")
        yield from (Line(f"    {note}") for note in dag.notes)
        yield from (check_line(check) for check in dag.checks if _is_shown(dag, check, verbose))
        for scenario in dag.scenarios.reports:
            yield from scenario_lines(scenario, verbose)
        yield from (
            Line(f"    not run with {one.name}: {one.reason}") for one in dag.scenarios.left_out
        )
    engines = ", ".join(
        f"{side} {engine}" if engine == LIGHT else engine for side, engine in report.engines.items()
    )
    totals = ", ".join(f"{count} {name}" for name, count in report.totals.items())
    yield Line("")
    yield Line(f"{totals} (engines: {engines})", "bold")
    yield from map(Line, (*report.notes, *_lenient(report)))


def _is_shown(dag: DagReport, check: Check, verbose: bool) -> bool:
    return check.verdict == DIFFERENT or (verbose and check.detail != dag.reason)


def _lenient(report: VerifyReport) -> list[str]:
    used = Counter(
        name for dag in report.dags for check in dag.checks for name, _ in check.leniencies
    )
    return [f"lenient {counted(used[name], 'time')}: {LENIENCIES[name]}" for name in sorted(used)]
