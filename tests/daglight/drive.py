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

from daglight import connections, variables
from daglight.encode import encode
from daglight.errors import DaglightError, LoadError, RunRefused
from daglight.events import AssetChanged, Event
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
    connections._stored.clear()
    os.environ.update(options["env"])
    with tempfile.TemporaryDirectory(prefix="case") as folder:
        path = Path(folder, "dags", case.name)
        scratch = Path(folder, "scratch")
        path.parent.mkdir()
        scratch.mkdir()
        shutil.copy(case, path)
        shutil.copytree(case.parents[1] / "plugins", Path(folder, "plugins"))
        if case.with_suffix("").is_dir():
            shutil.copytree(case.with_suffix(""), path.parent, dirs_exist_ok=True)
        stored = Path(folder, "variables.json")
        stored.write_text(json.dumps(options["variables"]))
        stored_connections = Path(folder, "connections.json")
        stored_connections.write_text(json.dumps(options["connections"]))
        os.chdir(scratch)
        request = Request(
            str(path),
            dag_id=case.stem,
            logical_date=parse_date(options["logical_date"]),
            conf=options["conf"],
            variables=str(stored),
            connections=str(stored_connections),
            version=version,
        )
        document = trace(request, parse_date(options.get("now", NOW.isoformat())))
        document["effects"] = {one.name: one.read_text() for one in scratch.iterdir()}
        os.chdir("/")
        for name in options["env"]:
            del os.environ[name]
        sys.path[:] = [one for one in sys.path if not one.startswith(folder)]
    return document


def trace(request: Request, now: datetime) -> dict[str, Any]:
    try:
        events: list[Event] = []
        found = trace_dag(request, now=now, also=events.append)
        written = [one for one in events if isinstance(one, AssetChanged)]
        assets = [[one.task_id, one.uri, encode(dict(one.extra))] for one in written]
        return {"import_error": None, **found, "assets": assets}
    except RunRefused:
        return {"import_error": None, "run": {"state": None}, "tasks": []}
    except LoadError as error:
        return {"import_error": error.reason, "tasks": []}
    except DaglightError as error:
        return {"import_error": str(error), "tasks": []}


if __name__ == "__main__":
    main()
