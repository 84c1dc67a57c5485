"""`daglight run FILE.py [DAG_ID]` runs a DAG; `python -m daglight FILE.py` a script."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from daglight import __version__
from daglight.arguments import add_run_options, request_from
from daglight.errors import DaglightError, LoadError

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """0 success, 1 the run failed or is incomplete, 2 wrong usage or a file that does not load."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0].endswith(".py"):
        return _script(arguments)
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except LoadError as error:
        sys.stderr.write(f"{error.explain()}\n")
    except DaglightError as error:
        sys.stderr.write(f"daglight: {error}\n")
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="daglight",
        description="Run Airflow DAGs in one process, without Airflow.",
        epilog="Example: daglight run etl.py --logical-date 2024-01-01",
    )
    parser.add_argument("--version", action="version", version=f"daglight {__version__}")
    run = parser.add_subparsers(dest="verb", required=True).add_parser(
        "run", help="run one DAG of a file"
    )
    add_run_options(run)
    run.add_argument("--format", choices=("text", "json"), default="text")
    return parser


def _run(options: argparse.Namespace) -> int:
    from daglight.session import trace_dag
    from daglight.text_sink import text_sink

    out = sys.stdout
    as_json = options.format == "json"
    also = None if as_json else text_sink(lambda line: out.write(f"{line}\n"))
    document = trace_dag(request_from(options), now=datetime.now(timezone.utc), also=also)
    if as_json:
        sys.stdout.write(json.dumps(_summary(document), indent=2) + "\n")
    if document["run"]["state"] == "incomplete":
        sys.stderr.write(f"daglight: incomplete: {document['run']['reason']}\n")
    return 0 if document["run"]["state"] == "success" else 1


def _summary(document: dict[str, Any]) -> dict[str, Any]:
    keys = ("task_id", "map_index", "state", "tries", "xcoms")
    return {
        "version": 1,
        "dag_id": document["subject"]["name"],
        "state": document["run"]["state"],
        "tasks": [{key: task[key] for key in keys} for task in document["tasks"]],
    }


def _script(arguments: list[str]) -> int:
    """Run a script as it is, with `airflow` meaning daglight."""
    import runpy

    from daglight.finder import install
    from daglight.load import infer_version
    from daglight.session import enable_dag_test
    from daglight.text_sink import text_sink

    path = arguments[0]
    if not Path(path).is_file():
        sys.stderr.write(f"daglight: {path}: there is no such file\n")
        return 2
    out = sys.stdout
    install(infer_version(path))
    enable_dag_test(datetime.now(timezone.utc), text_sink(lambda line: out.write(f"{line}\n")))
    sys.argv = arguments
    sys.path.insert(0, str(Path(path).resolve().parent))
    runpy.run_path(path, run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main())
