"""`flowlight logs RUN`: what the loggers of a recorded flow run and of its tasks said."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flowlight.loading import UserError

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0."""
    from flowlight.history.queries import logs

    options = _parser().parse_args(arguments)
    run = _chosen(options.run)
    lines = logs(run["id"])
    if options.json:
        document = {"version": 1, "run": run, "lines": lines}
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("".join(f"{_shown(line)}\n" for line in lines))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="flowlight logs",
        description="Show the log of a recorded flow run.",
        epilog="example: flowlight logs amber-otter",
    )
    parser.add_argument("run", metavar="RUN", help="an id, the beginning of one, or a name")
    parser.add_argument("--json", action="store_true")
    return parser


def _chosen(given: str) -> dict[str, Any]:
    from flowlight.history.queries import find_runs

    found = find_runs(given)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(f"there is no run {given!r}; `flowlight runs` lists them")
    listed = ", ".join(f"{run['id']} ({run['flow']}, {run['started']})" for run in found)
    raise UserError(f"{given!r} is the name of several runs; ask by id: {listed}")


def _shown(line: dict[str, Any]) -> str:
    at = datetime.fromisoformat(line["time"]).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    who = f"task {line['task_run']}" if line["task_run"] else "flow"
    return f"{at} {line['level']} {who}: {line['text']}"
