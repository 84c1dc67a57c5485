"""The options that `daglight run` and `python -m daglight.trace` share."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daglight.session import Request

__all__ = ["add_run_options", "request_from"]


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """What says which DAG is run and with what."""
    parser.add_argument("file", metavar="FILE", help="the DAG file")
    parser.add_argument(
        "dag_id", metavar="DAG_ID", nargs="?", help="needed when the file has several DAGs"
    )
    parser.add_argument(
        "--logical-date", metavar="ISO", help="default: the last tick of the schedule"
    )
    parser.add_argument("--conf", metavar="JSON", help="the run's conf, a JSON object")
    parser.add_argument(
        "--variables", metavar="FILE", help="variables: JSON, YAML or .env, as Airflow exports them"
    )
    parser.add_argument(
        "--connections", metavar="FILE", help="connections: JSON, YAML or .env, likewise"
    )
    parser.add_argument(
        "--stubs", metavar="FILE", help="YAML: what calls give that are recorded, not executed"
    )
    parser.add_argument(
        "--shared-stubs",
        action="store_true",
        help="leave stubs aside that are for tasks of other DAGs, in place of refusing them",
    )
    parser.add_argument(
        "--inject",
        metavar="JSON",
        help="a list of what goes wrong on purpose: see the trace's page",
    )
    parser.add_argument(
        "--airflow-version", type=int, choices=(2, 3), help="default: by what the file imports"
    )


def request_from(options: argparse.Namespace) -> Request:
    """The request that the options describe; UsageError for a date or JSON that is none."""
    from daglight.injection import read_injections
    from daglight.session import Request, parse_conf, parse_date

    return Request(
        path=options.file,
        dag_id=options.dag_id,
        logical_date=parse_date(options.logical_date) if options.logical_date else None,
        conf=parse_conf(options.conf) if options.conf else None,
        variables=options.variables,
        connections=options.connections,
        stubs=options.stubs,
        shared_stubs=options.shared_stubs,
        injections=read_injections(options.inject) if options.inject else (),
        version=options.airflow_version,
        graph_only=getattr(options, "graph_only", False),
        schedule=getattr(options, "schedule", False),
    )
