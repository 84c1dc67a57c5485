"""Writes templates: what only names known dates becomes an f-string, the rest is rendered in the run.

Templates are read with Jinja's own parser, never with regular expressions.
"""

from __future__ import annotations

from dagferry.build.nodes import Invoke, Node, Raw, literal
from dagferry.source.context_names import DATES

# Text variables of the run; the others would print as objects do.
_TEXT = frozenset(
    name for name in DATES if "ds" in name.split("_") or name.startswith("ts") or name == "run_id"
)


def in_flow(source: str, written: Node, run: str) -> Node:
    """A template as an expression of the flow's body, where the run is at hand under a name.

    `written` is the expression as the user wrote it, kept where the text has several lines.
    """
    parts = _parts(source)
    if parts is None or any("\n" in text for _, text in parts):
        return Invoke(Raw(f"{run}.render"), (written,))
    if not any(name for name, _ in parts):
        return literal("".join(text for _, text in parts))
    if len(parts) == 1:
        return Raw(f"{run}.{parts[0][1]}")
    body = "".join(f"{{{run}.{text}}}" if name else _escaped(text) for name, text in parts)
    return Raw(f'f"{body}"')


def needs_run(source: str) -> bool:
    """Whether `in_flow` writes something that mentions `run`."""
    parts = _parts(source)
    return parts is None or any(name or "\n" in text for name, text in parts)


def _escaped(text: str) -> str:
    quoted = literal(text).text
    inner = quoted[1:-1] if quoted.startswith('"') else text.replace('"', '\\"')
    return inner.replace("{", "{{").replace("}", "}}")


def _parts(source: str) -> list[tuple[bool, str]] | None:
    """The template as (is a name, text) pairs, or None when it is more than names in text.

    As in Airflow, Jinja leaves out one line end at the end of the text.
    """
    # Imported here: most files have no template, and Jinja takes as long to load as they do.
    import jinja2
    from jinja2 import nodes

    tree = jinja2.Environment().parse(source)  # noqa: S701 - parsed, never rendered
    if not tree.body:
        return [(False, "")]
    if len(tree.body) != 1 or not isinstance(tree.body[0], nodes.Output):
        return None
    parts: list[tuple[bool, str]] = []
    for node in tree.body[0].nodes:
        if isinstance(node, nodes.TemplateData):
            parts.append((False, node.data))
        elif isinstance(node, nodes.Name) and node.name in _TEXT:
            parts.append((True, node.name))
        else:
            return None
    return parts
