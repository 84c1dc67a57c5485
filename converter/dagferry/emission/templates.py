"""Writes templates: what only names known dates and params becomes an f-string.

The rest is rendered by Jinja in the run, with the same context.
"""

from __future__ import annotations

from collections.abc import Collection

from dagferry.build.nodes import Dotted, Formatted, Invoke, Node, Raw, literal
from dagferry.model.values import Template

# A DAG without a schedule has no run before or after: a template renders None as text.
_NULLABLE = ("prev_", "next_")


def in_flow(value: Template, written: Node, run: str, params: Collection[str]) -> Node:
    """A template as an expression of the flow's body, where the run is at hand under a name.

    `written` is the expression as the user wrote it, kept where the text has several lines; `params`
    are the parameters of the flow.
    """
    found = _known(value, params)
    if found is None or any("\n" in text for _, text in found):
        return Invoke(Dotted(Raw(run), "render"), (written,))
    if all(kind == "text" for kind, _ in found):
        return literal("".join(text for _, text in found))
    if len(found) == 1 and found[0][0] == "run" and not found[0][1].startswith(_NULLABLE):
        return Dotted(Raw(run), found[0][1])
    return Formatted(tuple(_piece(kind, text, run) for kind, text in found))


def needs_run(value: Template, params: Collection[str]) -> bool:
    """Whether `in_flow` writes something that mentions the run."""
    found = _known(value, params)
    return found is None or any(kind == "run" or "\n" in text for kind, text in found)


def _known(value: Template, params: Collection[str]) -> tuple[tuple[str, str], ...] | None:
    """The parts of a template that is made of strings, dates of the run and parameters of the flow."""
    return None if set(value.params) - set(params) else value.parts


def _piece(kind: str, text: str, run: str) -> str | Node:
    if kind == "text":
        return text
    return Dotted(Raw(run), text) if kind == "run" else Raw(text)
