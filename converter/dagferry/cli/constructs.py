"""`dagferry constructs`: the table of what is converted, from the constructs themselves."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from dagferry.constructs._base import Construct
from dagferry.constructs._registry import constructs


@click.command(name="constructs")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write the table.",
)
def command(format_: str) -> int:
    r"""List the constructs of Airflow that are converted, the grade of each, and its names.

    \b
    Example:
      dagferry constructs --format json
    """
    rows = table()
    if format_ == "json":
        click.echo(json.dumps({"version": 1, "constructs": rows}, indent=2))
    else:
        click.echo("\n".join(_text(row) for row in rows))
    return 0


def table() -> list[dict[str, Any]]:
    """One row for each construct, in the order of their names."""
    return [_row(construct) for construct in constructs().values()]


def _row(construct: Construct) -> dict[str, Any]:
    doc = (sys.modules[type(construct).__module__].__doc__ or "").strip()
    return {
        "construct": construct.name,
        "kind": construct.kind,
        "grade": construct.grade,
        "summary": doc.split("\n")[0],
        "names": sorted(construct.names),
    }


def _text(row: dict[str, Any]) -> str:
    head = f"{row['construct']:<16} {row['kind']:<9} {row['grade']:<8} {row['summary']}"
    return "\n".join([head, *(f"    {name}" for name in row["names"])])
