"""Reads templates with Jinja's own parser, never with regular expressions."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from dagferry.model.context_names import DATES, UNAVAILABLE
from dagferry.model.values import Span, Template
from dagferry.source.context_parts import lacking_part
from dagferry.source.safe_templates import never_fails

# Text variables of the run; the others would print as objects do.
TEXT = frozenset(
    name for name in DATES if "ds" in name.split("_") or name.startswith("ts") or name == "run_id"
)


def read_template(text: str, span: Span | None) -> Template:
    """A string that Jinja renders, with what the later stages ask of it."""
    asked = names(text)
    found = parts(text)
    return Template(
        span=span,
        source=text,
        parts=None if found is None else tuple(found),
        names=None if asked is None else tuple(sorted(asked)),
        params=() if asked is None else tuple(sorted(_params(text))),
        safe_in=tuple(version for version in (2, 3) if never_fails(text, version)),
    )


def _params(source: str) -> set[str]:
    """The params that a template reads by their names."""
    from jinja2 import nodes

    read = _tree(source).find_all(nodes.Getattr)
    return {node.attr for node in read if getattr(node.node, "name", "") == "params"}


def parts(source: str) -> list[tuple[str, str]] | None:
    """The template as (kind, text) pairs: `text`, `run` (a date) or `params`; None when it is more.

    As in Airflow, Jinja leaves out one line end at the end of the text.
    """
    # Imported here: most files have no template, and Jinja takes as long to load as they do.
    import jinja2
    from jinja2 import nodes

    try:
        tree = jinja2.Environment().parse(source)  # noqa: S701 - parsed, never rendered
    except jinja2.TemplateSyntaxError:
        return None
    if not tree.body:
        return [("text", "")]
    if len(tree.body) != 1 or not isinstance(tree.body[0], nodes.Output):
        return None
    found: list[tuple[str, str]] = []
    for node in tree.body[0].nodes:
        match node:
            case nodes.TemplateData():
                found.append(("text", node.data))
            case nodes.Name() if node.name in TEXT:
                found.append(("run", node.name))
            case nodes.Getattr(node=nodes.Name(name="params")):
                found.append(("params", node.attr))
            case _:
                return None
    return found


def lacking(source: str) -> str | None:
    """What the template asks of Airflow's context and a flow does not have: `conf`, `ti.hostname`."""
    from jinja2 import nodes

    asked = names(source)
    if not asked:
        return None
    found = set(asked & UNAVAILABLE - {"dag"})
    tree = _tree(source)
    for node in tree.find_all((nodes.Getattr, nodes.Call)):
        path = _path(node)
        if path[0] in asked:
            found.update(filter(None, (lacking_part(path), _lacking_argument(node, path))))
    return min(found, default=None)


def _lacking_argument(node: Any, path: tuple[str, ...]) -> str | None:
    """The argument of a pull with which it looks beyond this run."""
    if path[-1] == "xcom_pull":
        for keyword in getattr(node, "kwargs", ()):
            if keyword.key in ("dag_id", "include_prior_dates", "session"):
                return f"xcom_pull({keyword.key}=...)"
    return None


def _path(node: Any) -> tuple[str, ...]:
    """`("ti", "task", "owner")`, of a call what is called; an empty text first where no name is."""
    from jinja2 import nodes

    attributes: list[str] = []
    if isinstance(node, nodes.Call):
        node = node.node
    while isinstance(node, nodes.Getattr):
        attributes.append(node.attr)
        node = node.node
    return (getattr(node, "name", ""), *reversed(attributes))


# The filters that Airflow adds to Jinja's own.
_FILTERS = ("ds", "ds_nodash", "ts", "ts_nodash", "ts_nodash_with_tz")


def names(source: str) -> set[str] | None:
    """The names that a template takes from its context; None when Jinja cannot read it."""
    import jinja2
    import jinja2.meta

    try:
        return set(jinja2.meta.find_undeclared_variables(_tree(source)))
    except jinja2.TemplateSyntaxError:
        return None


@lru_cache(maxsize=8)  # a template is asked about several times in a row
def _tree(source: str) -> Any:
    """The template as Jinja reads it; jinja2.TemplateSyntaxError when it cannot."""
    return _environment().parse(source)


@cache
def _environment() -> Any:
    import jinja2

    environment = jinja2.Environment()  # noqa: S701 - parsed, never rendered
    environment.filters.update(dict.fromkeys(_FILTERS, str))
    return environment
