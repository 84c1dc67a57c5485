"""`flowlight runs`: the flow runs that were recorded, newest first."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0."""
    from flowlight.history.queries import flow_runs

    options = _parser().parse_args(arguments)
    found = flow_runs(options.limit, options.flow, options.state)
    if options.json:
        document = {"version": 1, "runs": found}
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    elif not found:
        sys.stdout.write("no runs; `flowlight run FILE.py` records each one\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in _table(found)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="flowlight runs",
        description="List the flow runs that were recorded, newest first.",
        epilog="example: flowlight runs --flow etl --state failed",
    )
    parser.add_argument("--limit", type=_positive, default=20, metavar="N", help="(20)")
    parser.add_argument("--flow", metavar="NAME", help="only runs of this flow")
    parser.add_argument("--state", metavar="NAME", help="only runs in this state, as failed")
    parser.add_argument("--json", action="store_true")
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number of at least 1, found {text!r}")
    return int(text)


def _table(runs: list[dict[str, Any]]) -> list[str]:
    rows = [("ID", "FLOW", "RUN", "STATE", "STARTED", "SECONDS", "TASKS"), *map(_row, runs)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows
    ]


def _row(run: dict[str, Any]) -> tuple[str, ...]:
    state = (run["state_name"] or "-") + (" (process gone)" if run["process_gone"] else "")
    started = _local(run["started"])
    shown = started.strftime("%Y-%m-%d %H:%M:%S") if started else "-"
    ended = _local(run["ended"])
    seconds = f"{(ended - started).total_seconds():.1f}" if started and ended else "-"
    return (run["id"][:8], run["flow"], run["name"], state, shown, seconds, str(run["tasks"]))


def _local(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone()
