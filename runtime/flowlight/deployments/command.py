"""The verbs `flowlight serve` and `flowlight deployments`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from flowlight import shim
from flowlight.loading import UserError

__all__ = ["deployments", "serve"]


def serve(arguments: Sequence[str]) -> int:
    """`flowlight serve prefect.yaml [NAME...]` or `flowlight serve FILE.py:FLOW --cron ...`."""
    from flowlight.deployments.serve import serve_until_idle, serve_until_told
    from flowlight.deployments.serving import Server, Settings

    options = _serve_parser().parse_args(arguments)
    shim.install()
    found = _found(options)
    settings = Settings(
        limit=options.limit,
        pause_on_shutdown=not (options.once or options.no_pause_on_shutdown),
        catch_up=options.catch_up,
        say=_say,
    )
    server = Server(_store(options.store), found, settings)
    for deployment in found:
        _say(f"serving {deployment.full_name}")
    (serve_until_idle if options.once else serve_until_told)(server)
    return 0


def _found(options: argparse.Namespace) -> list[Any]:
    from flowlight.deployments.project_file import read_project

    path = Path(options.target)
    if path.suffix in (".yaml", ".yml"):
        given = [name for name in _ONE_FLOW if getattr(options, name)]
        if given:
            raise UserError(f"{path}: --{given[0]} is for FILE.py:FLOW; write it into the file")
        project = read_project(path)
        made = project.deployments(options.names)
        for note in project.notes:
            _say(f"note: {note}")
        return made
    if options.names:
        raise UserError(f"{options.target}: names of deployments go with a prefect.yaml")
    return [_from_target(options)]


_ONE_FLOW = ("name", "cron", "interval", "rrule", "timezone", "param")


def _from_target(options: argparse.Namespace) -> Any:
    from flowlight.deployments.deployment import RunnerDeployment
    from flowlight.deployments.deployment_schedules import DeploymentScheduleCreate
    from flowlight.deployments.schedule_models import construct_schedule
    from flowlight.loading import choose, flows_in, load, parse_target

    path, wanted = parse_target(options.target)
    flow = choose(path, flows_in(load(path)), wanted)
    try:
        kinds = {key: getattr(options, key) for key in ("cron", "interval", "rrule")}
        schedules = (
            [
                DeploymentScheduleCreate(
                    schedule=construct_schedule(**kinds, timezone=options.timezone)
                )
            ]
            if any(kinds.values()) or options.timezone
            else []
        )
        made = RunnerDeployment.from_flow(
            flow,
            options.name or flow.name,
            schedules=schedules,
            parameters=_pairs(options.param, flow),
        )
        made.check()
    except ValueError as error:
        raise UserError(f"{options.target}: {error}") from None
    return made


def _pairs(given: Sequence[str], flow: Any = None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in given:
        name, equals, text = item.partition("=")
        if not equals:
            raise UserError(f"-p: expected NAME=VALUE, found {item!r}")
        if flow is not None and name not in flow.signature.parameters:
            known = ", ".join(flow.signature.parameters) or "none"
            raise UserError(
                f"-p: the flow {flow.name!r} has no parameter {name!r}; it has: {known}"
            )
        try:
            found[name] = json.loads(text)
        except ValueError:
            found[name] = text
    return found


def _serve_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="flowlight serve",
        description="Run deployments when they are due, until Ctrl-C.",
        epilog='example: flowlight serve etl.py:main --cron "0 6 * * *" --timezone Europe/Berlin',
    )
    add = parser.add_argument
    add("target", metavar="prefect.yaml|FILE.py:FLOW")
    add("names", metavar="NAME", nargs="*", help="deployments of the file; all when none is named")
    add("--name", help="the name of the deployment (default: the flow's)")
    add("--cron", help="a cron string")
    add("--interval", type=float, help="seconds")
    add("--rrule", help="an iCalendar recurrence rule")
    add("--timezone", help="an IANA time zone (default: UTC)")
    add("-p", "--param", action="append", default=[], metavar="NAME=VALUE")
    add("--limit", type=int, help="at most so many runs at a time")
    add(
        "--catch-up",
        choices=("all", "latest", "none"),
        default="all",
        help="dates that were missed",
    )
    add("--no-pause-on-shutdown", action="store_true", help="dates while nobody serves are missed")
    add("--once", action="store_true", help="run what is due now, and end")
    add("--store", help="the SQLite file (default: serve.sqlite in FLOWLIGHT_HOME)")
    return parser


def deployments(arguments: Sequence[str]) -> int:
    """`flowlight deployments ls|runs|pause|resume|run`."""
    options = _deployments_parser().parse_args(arguments)
    shim.install()
    verb = {"ls": _list, "runs": _runs, "pause": _switch, "resume": _switch, "run": _run}
    return verb[options.verb](options)


def _deployments_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="flowlight deployments", description="What `flowlight serve` knows."
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, text in (
        ("ls", "the deployments and their next dates"),
        ("runs", "the runs that were due, and what became of them"),
        ("pause", "stop scheduling a deployment"),
        ("resume", "schedule a deployment again, from now on"),
        ("run", "ask for a run, which the process that serves starts"),
    ):
        one = verbs.add_parser(verb, help=text, description=text)
        if verb in ("pause", "resume", "run"):
            one.add_argument("name", metavar="FLOW/DEPLOYMENT")
        if verb == "run":
            one.add_argument("-p", "--param", action="append", default=[], metavar="NAME=VALUE")
        one.add_argument("--store", help="the SQLite file")
    return parser


def _list(options: argparse.Namespace) -> int:
    from flowlight.deployments.due import next_date
    from flowlight.deployments.registry import restored

    now = datetime.now(timezone.utc)
    query = "SELECT * FROM deployments ORDER BY name"
    for row in _store(options.store).read(query):
        date = next_date(restored(json.loads(row["document"])), now)
        when = "paused" if row["paused"] else date.isoformat() if date else "no dates"
        sys.stdout.write(f"{row['name']}\t{when}\n")
    return 0


def _runs(options: argparse.Namespace) -> int:
    for run in _store(options.store).runs():
        line = [run.due, run.deployment, run.name, run.state_name, run.message or ""]
        sys.stdout.write("\t".join(line).rstrip() + "\n")
    return 0


def _switch(options: argparse.Namespace) -> int:
    from flowlight.deployments.run_queue import set_paused

    with _store(options.store).changing() as change:
        if not set_paused(
            change, options.name, options.verb == "pause", datetime.now(timezone.utc)
        ):
            raise UserError(
                f"there is no deployment {options.name!r}; see `flowlight deployments ls`"
            )
    return 0


def _run(options: argparse.Namespace) -> int:
    from flowlight.deployments.registry import find
    from flowlight.deployments.run_queue import insert

    store = _store(options.store)
    deployment = find(options.name, store)
    if deployment is None:
        raise UserError(f"there is no deployment {options.name!r}; see `flowlight deployments ls`")
    given = {**deployment.parameters, **_pairs(options.param)}
    try:
        deployment.check_parameters(given, whole=True)
    except ValueError as error:
        raise UserError(str(error)) from None
    with store.changing() as change:
        insert(change, deployment, datetime.now(timezone.utc), given, None, automatic=False)
    return 0


def _store(path: str | None) -> Any:
    from flowlight.deployments.store import Store, default_path

    return Store(Path(path) if path else default_path())


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
