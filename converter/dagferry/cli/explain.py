"""`dagferry explain`: the page of a finding's code."""

from __future__ import annotations

import difflib
import json

import click

from dagferry.catalogue import pages
from dagferry.errors import UsageError


@click.command(name="explain")
@click.argument("code")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to write the page.",
)
def command(code: str, format_: str) -> int:
    r"""Show what a finding's CODE means, why it is there, and what to do about it.

    \b
    Example:
      dagferry explain DF301
    """
    page = pages().get(code.upper())
    if page is None:
        raise UsageError(f"expected the code of a finding, found {code!r}; {_near(code.upper())}")
    if format_ == "json":
        fields = {"code": page.code, "title": page.title, "severity": page.severity}
        click.echo(json.dumps({"version": 1, **fields, "text": page.text}, indent=2))
    else:
        click.echo(page.text, nl=False)
    return 0


def _near(code: str) -> str:
    """The codes that are spelled most like this one, else all of its hundred, else all."""
    known = list(pages())
    near = difflib.get_close_matches(code, known, n=5, cutoff=0.7)
    near = near or [one for one in known if one[:3] == code[:3]] or known
    return f"near it: {', '.join(sorted(near))}"
