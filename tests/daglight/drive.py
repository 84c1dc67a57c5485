"""Runs cases on daglight in one process: `python drive.py VERSION CASE.py...` prints traces."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from daglight import variables
from daglight.errors import DaglightError, LoadError
from daglight.session import Request, parse_date, trace_dag
from record import options_of

NOW = datetime(2024, 3, 5, tzinfo=timezone.utc)


def main() -> None:
    version, *paths = sys.argv[1:]
    found = {Path(path).stem: run(Path(path), int(version)) for path in paths}
    json.dump(found, sys.stdout)


def run(case: Path, version: int) -> dict[str, Any]:
    options = options_of(case)
    variables._stored.clear()
    with tempfile.TemporaryDirectory(prefix="case") as folder:
        path = Path(folder, "dags", case.name)
        scratch = Path(folder, "scratch")
        path.parent.mkdir()
        scratch.mkdir()
        shutil.copy(case, path)
        stored = Path(folder, "variables.json")
        stored.write_text(json.dumps(options["variables"]))
        os.chdir(scratch)
        request = Request(
            str(path),
            dag_id=case.stem,
            logical_date=parse_date(options["logical_date"]),
            conf=options["conf"],
            variables=str(stored),
            version=version,
        )
        document = trace(request, parse_date(options.get("now", NOW.isoformat())))
        document["effects"] = {one.name: one.read_text() for one in scratch.iterdir()}
        os.chdir("/")
        sys.path[:] = [one for one in sys.path if not one.startswith(folder)]
    return document


def trace(request: Request, now: datetime) -> dict[str, Any]:
    try:
        return {"import_error": None, **trace_dag(request, now=now)}
    except LoadError as error:
        return {"import_error": error.reason, "tasks": []}
    except DaglightError as error:
        return {"import_error": str(error), "tasks": []}


if __name__ == "__main__":
    main()
