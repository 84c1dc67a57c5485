"""`dagferry diff`: the execution graphs of a DAG and a flow, compared."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from dagferry import manifest as manifests
from dagferry.cli import _options as shared_options
from dagferry.cli._sources import DagFile, choose, dags_of
from dagferry.errors import UsageError
from dagferry.graph import diff_json, diff_text
from dagferry.graph.static import static_graph
from dagferry.model.dag import Dag
from dagferry.parity.both_sides import Folders
from dagferry.parity.graphs import ThreeGraphs, three_graphs
from dagferry.parity.manifest import Subject, read_subjects, root_of
from dagferry.parity.options import VerifyOptions

EXITS = {"equal": 0, "different": 1, "incomplete": 3}


@click.command(name="diff")
@click.argument("dag_file", type=click.Path(path_type=Path))
@click.argument("flow_file", type=click.Path(path_type=Path))
@click.option("--dag", "dag_id", metavar="ID", help="Which DAG, when the file has several.")
@click.option(
    "--flow", "flow", metavar="NAME", help="Which flow, when it is not called like the DAG."
)
@click.option("--format", "format_", default="text", type=click.Choice(["text", "json"]))
@click.option("--airflow-version", type=click.Choice(["2", "3"]), help="Airflow's major version.")
@click.option("--timeout", default=120.0, show_default=True, help="Seconds for each run.")
@shared_options.roots
def command(
    dag_file: Path,
    flow_file: Path,
    dag_id: str | None,
    flow: str | None,
    format_: str,
    airflow_version: str | None,
    timeout: float,
    roots: tuple[Path, ...],
) -> int:
    r"""Compare the graph read from DAG_FILE, the graph that it builds, and that of FLOW_FILE.

    \b
    Example:
      dagferry diff dags/etl.py flows/etl.py
    """
    read = dags_of(dag_file, airflow_version, roots)
    dag = choose(read.dags, dag_id, dag_file)
    if not flow_file.is_file():
        raise UsageError(f"expected a flow file, found no file at {flow_file}")
    subject, folders = _sides(read, dag, dag_file, flow_file, airflow_version)
    subject = replace(subject, flow=flow or subject.flow)
    options = VerifyOptions(timeout=timeout)
    result = three_graphs(static_graph(dag, read.project), subject, folders, options)
    click.echo(_json(dag, result) if format_ == "json" else _text(result))
    return EXITS[result.verdict]


def _flow_root(flow_file: Path) -> Path:
    """The output folder that a flow stands in: where the manifest is, else the file's own."""
    for folder in flow_file.resolve().parents:
        if (folder / manifests.NAME).exists():
            return folder
    return flow_file.resolve().parent


def _sides(
    read: DagFile, dag: Dag, dag_file: Path, flow_file: Path, airflow_version: str | None
) -> tuple[Subject, Folders]:
    """By the manifest beside the flow, if it knows both; else by what the two files hold."""
    flows = _flow_root(flow_file)
    output = flow_file.resolve().relative_to(flows).as_posix()
    manifest = manifests.read(flows) or {}
    for known in read_subjects(manifest):
        root = root_of([dag_file.resolve()], [known.path])
        if known.dag_id == dag.dag_id and known.output == output and root is not None:
            return known, Folders(root, flows, _beyond(manifest.get("roots", ())))
    version = int(airflow_version or 2)
    subject = Subject(dag.dag_id, read.path, output, dag.dag_id, airflow_version=version)
    return subject, Folders(read.root, flows, _beyond(read.roots))


def _beyond(roots: Iterable[str]) -> tuple[str, ...]:
    return tuple(root for root in roots if root != ".")


def _json(dag: Dag, result: ThreeGraphs) -> str:
    pairs = {name: diff_json(diff) for name, diff in result.pairs.items()}
    data = {"version": 1, "dag_id": dag.dag_id, "verdict": result.verdict, "pairs": pairs}
    return json.dumps({**data, "problem": result.problem}, indent=2)


def _text(result: ThreeGraphs) -> str:
    parts = [f"{name}\n{_indented(diff_text(diff))}" for name, diff in result.pairs.items()]
    problem = [result.problem] if result.problem else []
    return "\n".join([*parts, *problem, result.verdict])


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))
