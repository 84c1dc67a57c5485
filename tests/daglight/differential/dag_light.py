"""Runs DAG files on daglight, all in one process: `dag_light.py VERSION` reads requests from stdin.

A request is `{"path", "dag_id", "logical_date", "conf"}`, and `now` where the moment matters; the
answers are a JSON list of traces on stdout.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import datetime, timezone
from typing import Any

from daglight.errors import DaglightError
from daglight.session import Request, parse_date, trace_dag

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


def main() -> None:
    version, out = int(sys.argv[1]), sys.stdout
    requests = json.load(sys.stdin)
    sys.stdout = sys.stderr
    with tempfile.TemporaryDirectory(prefix="random") as scratch:
        os.chdir(scratch)
        json.dump([trace(one, version) for one in requests], out)
        os.chdir("/")


def trace(asked: dict[str, Any], version: int) -> dict[str, Any]:
    request = Request(
        asked["path"],
        dag_id=asked["dag_id"],
        logical_date=parse_date(asked["logical_date"]),
        conf=asked["conf"],
        version=version,
    )
    try:
        return trace_dag(request, now=parse_date(asked["now"]) if "now" in asked else NOW)
    except DaglightError as error:
        return {"refused": str(error)}


if __name__ == "__main__":
    main()
