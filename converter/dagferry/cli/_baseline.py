"""A baseline: findings that are known and accepted, so that only new ones are shown."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from dagferry.errors import UsageError
from dagferry.findings import Finding
from dagferry.report.records import FileRecord

Known = frozenset[tuple[str, str, str]]


def read(file: Path) -> Known:
    """The findings of a baseline file. Raises UsageError when it is none."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return frozenset((one["path"], one["code"], one["message"]) for one in data["findings"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"expected a baseline that --write-baseline made at {file}: {error}"
        ) from error


def without(files: Iterable[FileRecord], known: Known) -> list[FileRecord]:
    """The records without the findings that are known; lines may have moved since."""
    return [
        replace(file, findings=tuple(f for f in file.findings if _key(file, f) not in known))
        for file in files
    ]


def dumps(files: Iterable[FileRecord]) -> str:
    """All findings of some records as a baseline file."""
    keys = sorted({_key(file, finding) for file in files for finding in file.findings})
    found = [{"path": path, "code": code, "message": message} for path, code, message in keys]
    return json.dumps({"version": 1, "findings": found}, indent=1) + "\n"


def _key(file: FileRecord, finding: Finding) -> tuple[str, str, str]:
    return file.path, finding.code, finding.message
