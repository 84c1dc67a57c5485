"""`dagferry verify`: runs both sides of every DAG and compares them, check by check."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import click

from dagferry.cli import _options as options
from dagferry.cli import _screen as screen
from dagferry.errors import UsageError
from dagferry.parity.engines import EngineError
from dagferry.parity.opening import started
from dagferry.parity.options import VerifyOptions
from dagferry.parity.process import MEMORY


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
@click.option(
    "--scenarios",
    default="default",
    metavar="all|none|N",
    help="How many runs with one thing going wrong to compare as well. [default: all for up to 30 "
    "tasks, else 30]",
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
@options.roots
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
    scenarios: str,
    timeout: float,
    allow_network: bool,
    memory: float | None,
    airflow_version: str | None,
    jobs: int,
    format_: str,
    verbose: bool,
    roots: tuple[Path, ...],
) -> int:
    r"""Run every DAG of PATH and its flow the same way, and compare what they did.

    \b
    Example:
      dagferry verify dags/ --flows flows/
    """
    if airflow_trace is not None and airflow != "light":
        raise UsageError("expected --airflow or --airflow-trace, found both")
    if flows is not None and airflow_version is not None:
        raise UsageError(
            "--airflow-version: expected no --flows beside it, for those flows are converted already: "
            "give it to `dagferry convert`"
        )
    asked = VerifyOptions(
        airflow=airflow,
        prefect=prefect,
        logical_date=logical_date,
        conf=_object(conf),
        variables=variables,
        connections=connections,
        stubs=stubs,
        scenarios=_scenarios(scenarios),
        timeout=timeout,
        allow_network=allow_network,
        memory=_memory(memory),
        jobs=jobs,
        saved=_saved(airflow_trace),
        save_traces=save_traces,
    )
    try:
        with started(asked) as ready:
            # While the engines are imported, so are the converter and the comparison.
            from dagferry.cli import _verification as verification

            version = int(airflow_version) if airflow_version else ready.airflow_version
            report = verification.verified(paths, roots, flows, ready, version, dag_id)
    except EngineError as error:
        raise UsageError(str(error)) from error
    if format_ == "json":
        click.echo(json.dumps(report.to_json(), indent=2))
    else:
        screen.show(verification.text(report, verbose))
    return report.exit_code


def _saved(source: Path | None) -> Any:
    if source is None:
        return None
    from dagferry.parity.fields import TraceError
    from dagferry.parity.saved import SavedTraces, SavedTracesError

    try:
        return SavedTraces.read(source)
    except (SavedTracesError, TraceError) as error:
        raise UsageError(str(error)) from error


_EVERY = 1_000_000


def _scenarios(text: str) -> int | None:
    """How many at most; None for the default. Raises UsageError."""
    words = {"default": None, "all": _EVERY, "none": 0}
    if text in words:
        return words[text]
    if not text.isdecimal():
        raise UsageError(f"--scenarios: expected all, none or a number, found {text}")
    return int(text)


_LEAST_MEMORY = 0.125


def _memory(gib: float | None) -> int | None:
    """In bytes. Raises UsageError for a limit that this system would not keep to."""
    if gib is None:
        return MEMORY
    if not math.isfinite(gib) or 0 < gib < _LEAST_MEMORY:
        raise UsageError(
            f"--memory: expected 0 for no limit, or at least {_LEAST_MEMORY} GiB, which an engine needs "
            f"for itself; found {gib:g}"
        )
    if gib and sys.platform != "linux":
        raise UsageError("--memory: expected 0, for only Linux keeps to a limit of memory")
    return int(gib * (1 << 30)) or None


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)
    except ValueError as error:
        raise UsageError(f"expected a JSON object for --conf, found {text!r}: {error}") from error
    if not isinstance(value, dict):
        raise UsageError(f"expected a JSON object for --conf, found {text!r}")
    return value
