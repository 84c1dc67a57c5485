"""The command line: `flowlight run FILE.py[:FLOW]`, and `python -m flowlight FILE.py [ARG...]`.

The second runs a script as it is, with `prefect` meaning flowlight.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from flowlight import outcome, shim, world
from flowlight.encode import encode
from flowlight.errors import ParameterBindError
from flowlight.flows import Flow
from flowlight.loading import UserError, check_source, choose, flows_in, load, parse_target
from flowlight.logs import show_logs
from flowlight.printer import Printer
from flowlight.runs import TaskRun
from flowlight.states import State

__all__ = ["main"]

_USAGE = """\
usage: flowlight run FILE.py[:FLOW] [-p NAME=VALUE]... [--format text|json]
       python -m flowlight FILE.py [ARG...]

example: flowlight run etl.py:main -p day=2024-01-01
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 completed, 1 the flow did not complete, 2 wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if given[:1] == ["run"]:
            return _run(_parser().parse_args(given[1:]))
        if given and given[0].endswith(".py"):
            return _script(Path(given[0]), given[1:])
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stderr.write(_USAGE)
    return 0 if given[:1] in (["-h"], ["--help"]) else 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="flowlight run",
        description="Run a flow in this process.",
        epilog="example: flowlight run etl.py:main -p day=2024-01-01",
    )
    parser.add_argument("target", metavar="FILE.py[:FLOW]")
    parser.add_argument("-p", "--param", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return parser


def _script(path: Path, arguments: list[str]) -> int:
    """Run a script as Python would, with `prefect` meaning flowlight."""
    check_source(path)
    shim.install()
    show_logs(sys.stderr)
    sys.argv = [str(path), *arguments]
    sys.path.insert(0, str(path.resolve().parent))
    with world.use(world.World(sinks=(Printer(sys.stderr),))):
        runpy.run_path(str(path), run_name="__main__")
    return 0


def _run(options: argparse.Namespace) -> int:
    path, wanted = parse_target(options.target)
    shim.install()
    show_logs(sys.stderr)
    flow = choose(path, flows_in(load(path)), wanted)
    runs: list[TaskRun] = []
    here = world.World(sinks=(Printer(sys.stderr), _collector(runs)))
    with world.use(here), _answers_only(options.format == "json"):
        state = _final_state(flow, _parameters(flow, options.param), path)
    if options.format == "json":
        sys.stdout.write(json.dumps(_document(flow, state, runs), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"{flow.name}: {state.name}{_reason(state)}\n")
    return 0 if state.is_completed() else 1


def _answers_only(wanted: bool) -> contextlib.AbstractContextManager[Any]:
    """Keep stdout for the answer: what the flow prints goes to stderr."""
    return contextlib.redirect_stdout(sys.stderr) if wanted else contextlib.nullcontext()


def _final_state(flow: Flow, parameters: dict[str, Any], path: Path) -> State:
    try:
        state: State = flow(return_state=True, **parameters)
    except ParameterBindError as error:
        raise UserError(f"{path}: {error}") from None
    except SystemExit as error:
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


def _collector(runs: list[TaskRun]) -> Any:
    def collect(event: Any) -> None:
        if event.kind == "created" and isinstance(event.run, TaskRun):
            runs.append(event.run)

    return collect


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


if __name__ == "__main__":
    sys.exit(main())
