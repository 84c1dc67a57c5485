"""`dagferry graph`: the execution graph of a DAG, read from its source."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dagferry.cli import _options as options
from dagferry.cli._sources import choose, dags_of
from dagferry.graph import graph_json, graph_text
from dagferry.graph.formats import dot, mermaid, page, svg
from dagferry.graph.static import static_graph


@click.command(name="graph")
@click.argument("dag_file", type=click.Path(path_type=Path))
@click.option("--dag", "dag_id", metavar="ID", help="Which DAG, when the file has several.")
@click.option(
    "--format",
    "format_",
    default="text",
    show_default=True,
    type=click.Choice(["text", "json", "mermaid", "dot", "svg", "html"]),
    help="How to write the graph.",
)
@click.option("--airflow-version", type=click.Choice(["2", "3"]), help="Airflow's major version.")
@options.roots
def command(
    dag_file: Path,
    dag_id: str | None,
    format_: str,
    airflow_version: str | None,
    roots: tuple[Path, ...],
) -> int:
    r"""Show the execution graph of the DAG in DAG_FILE. Nothing of the file is run.

    \b
    Example:
      dagferry graph dags/etl.py --format mermaid
    """
    read = dags_of(dag_file, airflow_version, roots)
    dag = choose(read.dags, dag_id, dag_file)
    graph = static_graph(dag, read.project)
    if format_ == "json":
        click.echo(json.dumps({"version": 1, "dag_id": dag.dag_id, **graph_json(graph)}, indent=2))
    elif format_ == "html":
        click.echo(page(graph, dag.dag_id))
    else:
        writers = {"text": graph_text, "mermaid": mermaid, "dot": dot, "svg": svg}
        click.echo(writers[format_](graph))
    return 0
