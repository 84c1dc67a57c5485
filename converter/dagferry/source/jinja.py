"""Reads templates with Jinja's own parser, never with regular expressions."""

from __future__ import annotations

from dagferry.source.context_names import DATES

# Text variables of the run; the others would print as objects do.
TEXT = frozenset(
    name for name in DATES if "ds" in name.split("_") or name.startswith("ts") or name == "run_id"
)


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


# The filters that Airflow adds to Jinja's own.
_FILTERS = ("ds", "ds_nodash", "ts", "ts_nodash", "ts_nodash_with_tz")


def names(source: str) -> set[str] | None:
    """The names that a template takes from its context; None when Jinja cannot read it."""
    import jinja2
    import jinja2.meta

    environment = jinja2.Environment()  # noqa: S701 - parsed, never rendered
    environment.filters.update(dict.fromkeys(_FILTERS, str))
    try:
        return set(jinja2.meta.find_undeclared_variables(environment.parse(source)))
    except jinja2.TemplateSyntaxError:
        return None
