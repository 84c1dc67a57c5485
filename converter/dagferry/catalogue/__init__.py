"""The pages of the finding codes: one Markdown file for each, its title on the first line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a code: what it means, why, an example, and what to do."""

    code: str
    title: str
    severity: str
    text: str


@cache
def pages() -> dict[str, Page]:
    """Every page by its code, in the order of the codes."""
    found = sorted(file.name for file in files(__name__).iterdir() if file.name.endswith(".md"))
    return {name.removesuffix(".md"): _page(name) for name in found}


def _page(name: str) -> Page:
    text = (files(__name__) / name).read_text("utf-8")
    title, severity = text.split("\n")[0], text.split("\n")[2]
    code, _, said = title.removeprefix("# ").partition(": ")
    return Page(code, said, severity.removeprefix("Severity: "), text)
