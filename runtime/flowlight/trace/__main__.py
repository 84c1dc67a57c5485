"""`python -m flowlight.trace`: run a flow and write its trace.

The exit code is 0 when a trace was written, whatever the run did, else 2.
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from flowlight import outcome, shim, variables, world
from flowlight.capture import captured
from flowlight.errors import ParameterBindError
from flowlight.events import Sink
from flowlight.flows import Flow
from flowlight.loading import UserError, choose, flows_in, load, offered, parse_target
from flowlight.states import State
from flowlight.store.private import private_home
from flowlight.trace.document import document
from flowlight.trace.injection import (
    Injection,
    Injector,
    injecting_into_operators,
    read_injections,
)
from flowlight.trace.record import Recorder
from flowlight.user_files import text_of

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for."""
    options = _parser().parse_args(arguments)
    out = sys.stdout
    sys.stdout = sys.stderr  # what the user's module prints is no answer of ours
    try:
        shim.install()
        with private_home():  # what a flow saves while it is verified stays nowhere
            answer = _answer(options)
    except UserError as error:
        sys.stderr.write(f"{_in_one_line(str(error))}\n")
        return 2
    except Exception as error:
        traceback.print_exc()
        reason = _in_one_line(f"{type(error).__name__}: {error}")
        sys.stderr.write(f"{options.target}: {reason}\n")
        return 2
    if answer is not None:
        out.write(answer)
    return 0


def _in_one_line(message: str) -> str:
    """Whoever asks for a trace reads the reason from the last line; a caret points at nothing there."""
    return " ".join(word for word in message.split() if word != "^")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m flowlight.trace", description=__doc__)
    parser.add_argument("target", metavar="FILE[:FLOW]")
    parser.add_argument("--out", type=Path, metavar="TRACE.json")
    parser.add_argument("--parameters", default="{}", metavar="JSON")
    parser.add_argument("--variables", type=Path, metavar="FILE")
    parser.add_argument("--inject", default="[]", metavar="JSON")
    parser.add_argument("--graph-only", action="store_true")
    parser.add_argument("--list", action="store_true", help="print the flows of the file as JSON")
    parser.add_argument(
        "--schedule-from",
        metavar="JSON",
        help="say when the deployment would run from these dates on",
    )
    return parser


def _answer(options: argparse.Namespace) -> str | None:
    path, wanted = parse_target(options.target)
    if options.variables is not None:
        variables.preset(_json_object("--variables", text_of(options.variables)))
    flows = flows_in(load(path))
    if options.list:
        listed = [
            {"name": flow.name, "attribute": name} for name, flow in offered(path, flows).items()
        ]
        return json.dumps(listed, ensure_ascii=False) + "\n"
    if options.out is None:
        raise UserError("expected --out TRACE.json, or --list")
    flow = choose(path, flows, wanted)
    if options.graph_only:
        raise UserError("the graph of a flow is what its body does: it cannot be had without a run")
    injections = read_injections(options.inject)
    parameters = _json_object("--parameters", options.parameters)
    if options.schedule_from is None:
        trace = run(path, flow, parameters, injections)
    else:
        names = [name for name, one in flows.items() if one is flow]
        moments = json.loads(options.schedule_from)
        trace = _scheduled(path, names, moments, lambda: run(path, flow, parameters, injections))
    _write(options.out, json.dumps(trace) + "\n")
    return None


def _scheduled(
    path: Path, names: list[str], moments: list[str], made: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """The trace that is made, and in it what the flow's deployment would do."""
    from flowlight.trace.intervals import Intervals
    from flowlight.trace.schedule import schedule_of

    intervals = Intervals()
    intervals.watch()
    trace = made()
    trace["subject"]["schedule"] = schedule_of(path, names, moments, intervals)
    return trace


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"--out {path}: cannot be written: {error.strerror}") from None


def _json_object(option: str, text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise UserError(f"{option}: expected JSON: {error}") from None
    if not isinstance(value, dict):
        raise UserError(f"{option}: expected a JSON object, found {text.strip()[:40]}")
    return value


def run(
    path: Path, flow: Flow, parameters: dict[str, Any], injections: tuple[Injection, ...] = ()
) -> dict[str, Any]:
    """Run the flow and return its trace. Delays between tries are noted and not slept."""
    recorder = Recorder()
    sinks: tuple[Sink, ...] = (recorder,)
    if injections:
        injecting_into_operators()
        sinks = (recorder, Injector(injections))
    quick = world.World(sleep=lambda _: None, spread=lambda seconds, _: seconds, sinks=sinks)
    with world.use(quick), captured(sys.stderr, recorder.printed):
        try:
            final: State = flow(return_state=True, **parameters)
        except ParameterBindError as error:
            raise UserError(f"{path}: {error}".replace("\n", " ")) from None
        except BaseException as error:  # a crash is a result, and the trace says so
            final = outcome.of_crash(error, uuid4())
    found = document(path, flow.name, final, recorder)
    if recorder.cut is not None:
        found["run"] = {"state": "incomplete", "reason": recorder.cut}
    return found


if __name__ == "__main__":
    sys.exit(main())
