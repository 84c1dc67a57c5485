"""Findings as SARIF 2.1.0, which code hosts show beside the lines.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from dagferry import __version__
from dagferry.findings import REQUIRED, Finding
from dagferry.report.records import FileRecord

_LEVELS = {REQUIRED: "error"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(files: Iterable[FileRecord], titles: Mapping[str, str]) -> str:
    """The document. `titles`: code -> the title of its page; paths are relative to the root."""
    results = [_result(file.path, finding) for file in files for finding in file.findings]
    used = sorted({result["ruleId"] for result in results})
    rules = [{"id": code, "shortDescription": {"text": titles.get(code, code)}} for code in used]
    driver = {"name": "dagferry", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _result(path: str, finding: Finding) -> dict[str, Any]:
    text = f"{finding.message}; {finding.hint}" if finding.hint else finding.message
    region = {"startLine": finding.line, "startColumn": finding.column}
    place = {"artifactLocation": {"uri": quote(path)}, "region": region}
    return {
        "ruleId": finding.code,
        "level": _LEVELS.get(finding.severity, "note"),
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }
