"""The formats that are not for the screen."""

from __future__ import annotations

import json
from collections.abc import Sequence

from dagferry.report.records import FileRecord, to_json

FORMATS = ("text", "json", "markdown", "sarif", "junit")


def document(format_: str, files: Sequence[FileRecord], roots: Sequence[str]) -> str:
    """The records in a format other than `text`."""
    if format_ == "json":
        return json.dumps(to_json(files, roots), indent=2)
    if format_ == "markdown":
        from dagferry.report.markdown import markdown
        from dagferry.report.summary import summarize

        return markdown(summarize(files), files)
    if format_ == "junit":
        from dagferry.report.junit import junit

        return junit(files)
    from dagferry.catalogue import pages
    from dagferry.report.sarif import sarif

    return sarif(files, {code: page.title for code, page in pages().items()})
