"""`dagferry verify`: runs both sides of every DAG and compares them, check by check."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from dagferry import manifest as manifests
from dagferry.cli import _options as options
from dagferry.errors import UsageError
from dagferry.parity import DagReport, EngineError, TraceError, VerifyOptions, VerifyReport, verify
from dagferry.parity.engines import LIGHT
from dagferry.parity.opening import started
from dagferry.parity.policy import LENIENCIES
from dagferry.parity.process import MEMORY
from dagferry.parity.saved import SavedTraces, SavedTracesError
from dagferry.pipeline import convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import Input, read_input
from dagferry.writing import write_file


@click.command(name="verify")
@options.paths
@click.option(
    "--flows",
    type=click.Path(path_type=Path, file_okay=False),
    help="The converted folder; by default PATH is converted into a scratch folder.",
)
@click.option(
    "--airflow",
    default="light",
    show_default=True,
    metavar="ENGINE",
    help="`light`, or the Python of an environment with Airflow 2.5 or later.",
)
@click.option(
    "--prefect",
    default="light",
    show_default=True,
    metavar="ENGINE",
    help="`light`, or the Python of an environment with Prefect 3.",
)
@click.option(
    "--airflow-trace",
    type=click.Path(path_type=Path, exists=True),
    metavar="FILE|DIR",
    help="Take the DAGs' traces from here instead of running the DAGs.",
)
@click.option(
    "--save-traces",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep the traces of both sides in this folder.",
)
@click.option("--dag", "dag_id", metavar="ID", help="Only this DAG.")
@click.option("--logical-date", metavar="ISO", help="The logical date of the run.")
@click.option("--conf", default="{}", metavar="JSON", help="The run's conf: a JSON object.")
@click.option(
    "--variables",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A JSON file with variables for both sides.",
)
@click.option(
    "--connections",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file with Airflow's connections, for the DAGs; flows have no such thing.",
)
@click.option(
    "--stubs",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A YAML file: what the DAGs' calls give that are recorded, not executed.",
)
@click.option("--timeout", default=120.0, show_default=True, help="Seconds for each run.")
@click.option("--allow-network", is_flag=True, help="Let the tasks reach the network.")
@click.option(
    "--memory",
    type=click.FloatRange(min=0),
    metavar="GIB",
    help="GiB of memory for each process of a run; 0 for no limit. [default: 2; Linux only]",
)
@click.option(
    "--airflow-version",
    type=click.Choice(["2", "3"]),
    help="Whose rules for dates hold; by default told from each file's imports.",
)
@options.jobs
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write the result.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show every check, the equal ones too.")
def command(
    paths: tuple[Path, ...],
    flows: Path | None,
    airflow: str,
    prefect: str,
    airflow_trace: Path | None,
    save_traces: Path | None,
    dag_id: str | None,
    logical_date: str | None,
    conf: str,
    variables: Path | None,
    connections: Path | None,
    stubs: Path | None,
    timeout: float,
    allow_network: bool,
    memory: float | None,
    airflow_version: str | None,
    jobs: int,
    format_: str,
    verbose: bool,
) -> int:
    r"""Run every DAG of PATH and its flow the same way, and compare what they did.

    \b
    Example:
      dagferry verify dags/ --flows flows/
    """
    if airflow_trace is not None and airflow != "light":
        raise UsageError("expected --airflow or --airflow-trace, found both")
    asked = VerifyOptions(
        airflow=airflow,
        prefect=prefect,
        logical_date=logical_date,
        conf=_object(conf),
        variables=variables,
        connections=connections,
        stubs=stubs,
        timeout=timeout,
        allow_network=allow_network,
        memory=_memory(memory),
        jobs=jobs,
        saved=_saved(airflow_trace),
        save_traces=save_traces,
    )
    source = read_input(paths)
    try:
        with started(asked) as ready:
            version = int(airflow_version) if airflow_version else ready.airflow_version
            with _flows(source, flows, version) as (folder, manifest):
                selected = _selected(manifest, source, dag_id)
                told = _told(format_)
                report = verify(source.root, folder, selected, ready, progress=told, only=dag_id)
    except (EngineError, SavedTracesError, TraceError) as error:
        raise UsageError(str(error)) from error
    click.echo(
        json.dumps(report.to_json(), indent=2) if format_ == "json" else _text(report, verbose)
    )
    return report.exit_code


def _saved(source: Path | None) -> SavedTraces | None:
    try:
        return None if source is None else SavedTraces.read(source)
    except (SavedTracesError, TraceError) as error:
        raise UsageError(str(error)) from error


def _memory(gib: float | None) -> int | None:
    """In bytes. Raises UsageError for a limit that this system would not keep to."""
    if gib is None:
        return MEMORY
    if gib and sys.platform != "linux":
        raise UsageError("--memory: expected 0, for only Linux keeps to a limit of memory")
    return int(gib * (1 << 30)) or None


def _told(format_: str) -> Callable[[DagReport], None] | None:
    def told(dag: DagReport) -> None:
        click.echo(f"{dag.verdict:<10} {dag.dag_id}", err=True)

    return told if format_ == "text" else None


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


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise UsageError(f"expected a JSON object for --conf, found {text!r}: {error}") from error
    if not isinstance(value, dict):
        raise UsageError(f"expected a JSON object for --conf, found {text!r}")
    return value


def _text(report: VerifyReport, verbose: bool) -> str:
    lines: list[str] = []
    width = max((len(dag.dag_id) for dag in report.dags), default=0)
    for dag in report.dags:
        lines.append(f"{dag.dag_id:<{width}}  {dag.verdict:<10} {dag.path}")
        lines += [f"    {note}" for note in (dag.reason, *dag.notes) if note]
        for check in dag.checks:
            if (
                verbose
                or check.verdict == "different"
                or _worth_saying(dag, check.verdict, check.detail)
            ):
                lines.append(
                    f"    {check.check:<12} {check.verdict:<12} {check.detail or ''}".rstrip()
                )
    engines = ", ".join(
        f"{side} {engine}" if engine == LIGHT else engine for side, engine in report.engines.items()
    )
    totals = ", ".join(f"{count} {name}" for name, count in report.totals.items())
    return "\n".join([*lines, "", f"{totals} (engines: {engines})", *_lenient(report)])


def _lenient(report: VerifyReport) -> list[str]:
    used = Counter(
        name for dag in report.dags for check in dag.checks for name, _ in check.leniencies
    )
    return [f"lenient {used[name]} times: {LENIENCIES[name]}" for name in sorted(used)]


def _worth_saying(dag: DagReport, verdict: str, detail: str | None) -> bool:
    quiet = detail is not None and detail.startswith("nothing to compare")
    return dag.verdict == "incomplete" and verdict == "not-checked" and not quiet
