"""All codes on one page: a table, then every page of the catalogue."""

from __future__ import annotations

import re

from dagferry.catalogue import Page, pages
from dagferry.reference.markdown import table

_INTRO = """\
# Codes

Every finding has a code that never changes its meaning. A *required* finding says that something
would differ or is not converted; an *advisory* one says what was left out or how the flow was
written. `dagferry explain CODE` prints one of these sections; `# dagferry: ignore[CODE]` on the
line of a finding hides it, and `--ignore CODE` hides all of a code. Hiding a finding changes
neither the grade nor the output.

The hundreds: 1 reading, 2 the DAG's schedule, dates and arguments, 3 arguments of tasks, 4
callables and data, 5 the code that builds the graph, 6 other names of Airflow's, 7 operators and
decorators, 9 faults of dagferry's own.

"""


def codes_page() -> str:
    """The page."""
    listed = list(pages().values())
    rows = ((f"[{page.code}](#{page.code.lower()})", page.severity, page.title) for page in listed)
    return _INTRO + table(("code", "severity", "title"), rows) + "".join(map(_section, listed))


def _section(page: Page) -> str:
    body = page.text.split("\n", 2)[2]
    body = re.sub(r"^## ", "### ", body, flags=re.MULTILINE)
    return f"\n## {page.code}\n\n{page.title}.\n\n{body.rstrip()}\n"
