"""`python -m daglight.trace FILE [DAG_ID] --out TRACE.json`: see `docs/reference/trace.md`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

from daglight.arguments import add_run_options, request_from
from daglight.errors import DaglightError, LoadError

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """0 when a trace was written, whatever the run did; 2 when there could be none."""
    parser = argparse.ArgumentParser(
        prog="python -m daglight.trace", description="Write the trace of one run."
    )
    add_run_options(parser)
    parser.add_argument("--out", metavar="TRACE.json", help="where to write the trace")
    parser.add_argument("--graph-only", action="store_true", help="load the DAG and do not run it")
    parser.add_argument("--schedule", action="store_true", help="say when the DAG would run")
    parser.add_argument("--list", action="store_true", help="print the DAG ids as JSON and end")
    options = parser.parse_args(argv)
    if not options.list and not options.out:
        parser.error("expected --out TRACE.json (or --list)")
    try:
        return _write(options)
    except LoadError as error:
        place = f"{os.path.relpath(error.place.path)}:{error.place.line}: " if error.place else ""
        whole = LoadError(place + _in_one_line(error.reason), error.place)
        sys.stderr.write(f"{whole.explain()}\n")
    except DaglightError as error:
        sys.stderr.write(f"{_in_one_line(str(error))}\n")
    return 2


def _in_one_line(message: str) -> str:
    """Whoever asks for a trace reads the reason from the last line."""
    return " ".join(message.split())


def _write(options: argparse.Namespace) -> int:
    from daglight.session import dag_ids, trace_dag

    request = request_from(options)
    if options.list:
        sys.stdout.write(json.dumps(dag_ids(request)) + "\n")
        return 0
    document = trace_dag(request, now=datetime.now(timezone.utc))
    # Without indentation the encoder is C, which shows with thousands of tasks.
    text = json.dumps(document, check_circular=False)
    Path(options.out).write_text(f"{text}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
