"""One graph as Mermaid, DOT, SVG or HTML."""

from __future__ import annotations

import html

from dagferry.graph.execution_graph import ExecutionGraph


def mermaid(graph: ExecutionGraph) -> str:
    """The graph as a Mermaid flowchart."""
    names = {task_id: f"n{index}" for index, task_id in enumerate(sorted(graph.nodes))}
    lines = [f'  {name}["{task_id.replace(chr(34), "#quot;")}"]' for task_id, name in names.items()]
    lines += [f"  {names[up]} --> {names[down]}" for up, down in sorted(graph.edges)]
    return "\n".join(["flowchart LR", *lines])


def dot(graph: ExecutionGraph) -> str:
    """The graph in Graphviz's language."""
    lines = [f"  {_quoted(task_id)};" for task_id in sorted(graph.nodes)]
    lines += [f"  {_quoted(up)} -> {_quoted(down)};" for up, down in sorted(graph.edges)]
    return "\n".join(["digraph dag {", "  rankdir=LR;", *lines, "}"])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_COLUMN, _ROW, _HEIGHT = 220, 60, 34


def svg(graph: ExecutionGraph) -> str:
    """The graph as a picture: a column for each generation of tasks."""
    import networkx as nx

    columns = [sorted(generation) for generation in nx.topological_generations(graph.view())]
    places = {
        task_id: (20 + column * _COLUMN, 20 + row * _ROW)
        for column, generation in enumerate(columns)
        for row, task_id in enumerate(generation)
    }
    width = 40 + max(1, len(columns)) * _COLUMN
    height = 40 + max((len(c) for c in columns), default=1) * _ROW
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
    )
    arrows = [_arrow(places[up], places[down]) for up, down in sorted(graph.edges)]
    boxes = [_box(task_id, place) for task_id, place in sorted(places.items())]
    return "\n".join([head, _MARKER, *arrows, *boxes, "</svg>"])


_MARKER = (
    '<defs><marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
    'orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>'
)


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> str:
    x1, y1 = start[0] + _COLUMN - 40, start[1] + _HEIGHT // 2
    x2, y2 = end[0], end[1] + _HEIGHT // 2
    return f'<path d="M{x1} {y1}L{x2} {y2}" stroke="#555" fill="none" marker-end="url(#end)"/>'


def _box(task_id: str, place: tuple[int, int]) -> str:
    x, y = place
    label = html.escape(task_id if len(task_id) <= 26 else task_id[:25] + "…")
    return (
        f'<g><title>{html.escape(task_id)}</title><rect x="{x}" y="{y}" width="{_COLUMN - 40}" '
        f'height="{_HEIGHT}" rx="5" fill="#eef" stroke="#447"/>'
        f'<text x="{x + 8}" y="{y + 21}">{label}</text></g>'
    )


def page(graph: ExecutionGraph, title: str) -> str:
    """The picture in a page of its own."""
    name = html.escape(title)
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{name}</title>'
        f"<body><h1>{name}</h1>\n{svg(graph)}\n</body></html>"
    )
