"""`flowlight run FILE.py[:FLOW]`: one flow, in this process."""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flowlight import outcome, shim, world
from flowlight.cli.history_option import is_wanted, recorded
from flowlight.cli.showing import show
from flowlight.encode import encode
from flowlight.engine_logs import EngineLogs
from flowlight.errors import ParameterBindError, TerminationSignal
from flowlight.events import Event
from flowlight.flows import Flow
from flowlight.loading import UserError, choose, flows_in, load, parse_target
from flowlight.printer import Printer
from flowlight.runs import FlowRun, TaskRun
from flowlight.states import State

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0 completed, 1 the flow did not complete, 130 and 143 for Ctrl-C and SIGTERM."""
    return _run(_parser().parse_args(arguments))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="flowlight run",
        description="Run a flow in this process.",
        epilog="example: flowlight run etl.py:main -p day=2024-01-01",
    )
    parser.add_argument("target", metavar="FILE.py[:FLOW]")
    parser.add_argument("-p", "--param", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--history",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="record the run for `flowlight runs` (on, unless FLOWLIGHT_HISTORY=0)",
    )
    return parser


def _run(options: argparse.Namespace) -> int:
    path, wanted = parse_target(options.target)
    shim.install()
    show()
    seen = _Seen()
    with (
        recorded(is_wanted(options.history, default=True)) as sinks,
        world.use(world.World(sinks=(Printer(sys.stderr), EngineLogs(), seen, *sinks))),
        _answers_only(options.format == "json"),
    ):
        flows = _loaded(path, seen)
        ends: list[Ends] = [(run.flow, run.state, run.id) for run in seen.flows]
        # A file that runs its flows itself, as a script does, has done so when it is loaded.
        if flows is not None and not (ends and wanted is None and not options.param):
            ends = [_chosen(path, flows, wanted, options.param)]
    for flow, state, ident in ends:
        if state is not None:
            _show(flow, state, seen.tasks_of(ident, alone=len(ends) == 1), options.format)
    codes = [_exit_code(state) for _, state, _ in ends if state is not None]
    return max(codes, default=0) or int(flows is None)


Ends = tuple[Flow, State | None, UUID | None]


def _loaded(path: Path, seen: _Seen) -> dict[str, Flow] | None:
    """The flows of the file; None when it ran flows itself, and something escaped from it."""
    try:
        return flows_in(load(path))
    except UserError as error:
        if not seen.flows:
            raise
        sys.stderr.write(f"{error}\n")
        return None


def _chosen(path: Path, flows: dict[str, Flow], wanted: str | None, given: list[str]) -> Ends:
    flow = choose(path, flows, wanted)
    return flow, _final_state(flow, _parameters(flow, given), path), None


def _show(flow: Flow, state: State, runs: list[TaskRun], how: str) -> None:
    if how == "json":
        sys.stdout.write(json.dumps(_document(flow, state, runs), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"{flow.name}: {state.name}{_reason(state)}\n")


def _exit_code(state: State) -> int:
    """A run that a signal has ended says so as shells do: 128 and the number of the signal."""
    if isinstance(state.data, TerminationSignal):
        return 128 + state.data.signal
    if isinstance(state.data, KeyboardInterrupt):
        return 128 + signal.SIGINT
    return 0 if state.is_completed() else 1


def _answers_only(wanted: bool) -> contextlib.AbstractContextManager[Any]:
    """Keep stdout for the answer: what the flow prints goes to stderr."""
    return contextlib.redirect_stdout(sys.stderr) if wanted else contextlib.nullcontext()


def _final_state(flow: Flow, parameters: dict[str, Any], path: Path) -> State:
    try:
        state: State = flow(return_state=True, **parameters)
    except ParameterBindError as error:
        raise UserError(f"{path}: {error}") from None
    except (SystemExit, KeyboardInterrupt, TerminationSignal) as error:
        return outcome.of_crash(error, uuid4())
    return state


def _parameters(flow: Flow, given: list[str]) -> dict[str, Any]:
    """Values are JSON where they can be read as JSON, else text."""
    parameters: dict[str, Any] = {}
    for item in given:
        name, equals, text = item.partition("=")
        if not equals:
            raise UserError(f"-p: expected NAME=VALUE, found {item!r}")
        if name not in flow.signature.parameters:
            raise UserError(
                f"-p: the flow {flow.name!r} has no parameter {name!r};"
                f" it has: {', '.join(flow.signature.parameters) or 'none'}"
            )
        try:
            parameters[name] = json.loads(text)
        except ValueError:
            parameters[name] = text
    return parameters


class _Seen:
    """The sink that keeps the runs: those of tasks, and the outermost ones of flows."""

    def __init__(self) -> None:
        self.tasks: list[TaskRun] = []
        self.flows: list[FlowRun] = []

    def __call__(self, event: Event) -> None:
        """Keep a run that is new."""
        if event.kind == "created" and isinstance(event.run, TaskRun):
            self.tasks.append(event.run)
        elif event.kind == "created" and event.run.parent is None and event.body is None:
            self.flows.append(event.run)

    def tasks_of(self, ident: UUID | None, *, alone: bool) -> list[TaskRun]:
        """The task runs of one flow run; of the only one, all."""
        return [run for run in self.tasks if alone or run.flow_run_id == ident]


def _reason(state: State) -> str:
    return f": {state.message}" if state.message and not state.is_completed() else ""


def _document(flow: Flow, state: State, runs: list[TaskRun]) -> dict[str, Any]:
    return {
        "version": 1,
        "flow": flow.name,
        "state": state.type.value,
        "state_name": state.name,
        "result": _result(state),
        "tasks": [_task(run) for run in runs],
    }


def _task(run: TaskRun) -> dict[str, Any]:
    return {
        "task": run.task.name,
        "state": run.state_type.value if run.state_type else None,
        "state_name": run.state_name,
        "tries": run.run_count,
        "result": _result(run.state),
    }


def _result(state: State | None) -> Any:
    if state is None or not state.is_completed():
        return None
    data = state.data
    if isinstance(data, State):
        return _result(data)
    if isinstance(data, (list, tuple)):
        return [_result(item) if isinstance(item, State) else encode(item) for item in data]
    return encode(data)
