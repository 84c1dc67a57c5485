"""The three graphs of one DAG: read from the source, traced on Airflow's side, traced on Prefect's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dagferry.graph.compare import GraphDiff, compare_graphs
from dagferry.graph.execution_graph import ExecutionGraph
from dagferry.graph.traced import traced_graph, uncalled
from dagferry.parity.both_sides import Folders, run_airflow, run_flow
from dagferry.parity.manifest import Subject
from dagferry.parity.options import VerifyOptions


@dataclass(frozen=True)
class ThreeGraphs:
    """The comparison of each pair by name; `problem` says why a run gave no graph."""

    pairs: Mapping[str, GraphDiff]
    problem: str | None = None

    @property
    def verdict(self) -> str:
        """`equal`, `different` or `incomplete`, over all pairs."""
        verdicts = {diff.verdict for diff in self.pairs.values()}
        if "different" in verdicts:
            return "different"
        return "incomplete" if self.problem or verdicts != {"equal"} else "equal"


def three_graphs(
    source: ExecutionGraph, subject: Subject, folders: Folders, options: VerifyOptions
) -> ThreeGraphs:
    """Run the DAG and its flow, and compare their graphs with each other and with the source's."""
    airflow = run_airflow(subject, folders, options)
    if airflow.trace is None:
        return ThreeGraphs({}, f"the DAG could not be run: {airflow.reason}")
    left = traced_graph(airflow.trace)
    pairs = {"source and DAG": compare_graphs(source, left)}
    flow = run_flow(subject, folders, options, airflow.trace)
    if flow.trace is None:
        return ThreeGraphs(pairs, f"the flow could not be run: {flow.reason}")
    right, missing = traced_graph(flow.trace), uncalled(flow.trace)
    pairs["source and flow"] = compare_graphs(source, right, uncalled=missing)
    pairs["DAG and flow"] = compare_graphs(left, right, uncalled=missing)
    return ThreeGraphs(pairs)
