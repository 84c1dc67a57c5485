"""Execution graphs: read from source, traced from runs, and compared."""

from __future__ import annotations

from dagferry.graph.compare import GraphDiff, GraphDifference, NotCompared, compare_graphs
from dagferry.graph.execution_graph import Edge, ExecutionGraph, NodeFacts
from dagferry.graph.render import diff_json, diff_text, graph_json, graph_text
from dagferry.graph.traced import traced_graph, uncalled

__all__ = [
    "Edge",
    "ExecutionGraph",
    "GraphDiff",
    "GraphDifference",
    "NodeFacts",
    "NotCompared",
    "compare_graphs",
    "diff_json",
    "diff_text",
    "graph_json",
    "graph_text",
    "traced_graph",
    "uncalled",
]
