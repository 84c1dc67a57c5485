"""Start the real engines that a batch needs, once; end them with it."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from dagferry.parity.engines import LIGHT, Engine, EngineError
from dagferry.parity.options import VerifyOptions
from dagferry.parity.prefect_server import serving
from dagferry.parity.process import Child, Ended, environment
from dagferry.parity.worker import Worker, started_worker

GUARD_VARIABLES = ("DAGFERRY_NETWORK", "DAGFERRY_WRITES")


@contextmanager
def started(options: VerifyOptions) -> Iterator[VerifyOptions]:
    """Inside, the same options with their engines started; `EngineError` when one cannot be."""
    wanted = {"prefect": options.prefect}
    if options.saved is None:
        wanted["airflow"] = options.airflow
    if options.stubs is not None and options.airflow != LIGHT:
        raise EngineError("--stubs: expected --airflow light, for real Airflow makes its calls")
    with ExitStack() as stack:
        found: dict[str, Engine] = dict(options.started)
        for side, python in sorted(wanted.items()):
            if python != LIGHT and side not in found:
                found[side] = stack.enter_context(_real(side, python, options.environment))
        yield replace(options, started=found)


@contextmanager
def _real(side: str, python: str, base: Mapping[str, str]) -> Iterator[Engine]:
    interpreter = _interpreter(side, python)
    try:
        with tempfile.TemporaryDirectory(prefix="dagferry-") as folder:
            home = Path(os.path.realpath(folder))
            opened = _airflow if side == "airflow" else _prefect
            with opened(interpreter, home, base) as engine:
                yield engine
    except EngineError as error:
        raise EngineError(f"--{side} {python}: {error}") from error


def _interpreter(side: str, python: str) -> str:
    """The path itself, or below it when it is the folder of an environment."""
    path = Path(python)
    if path.is_dir():
        path = path / "bin" / "python"
    if sys.platform == "win32":
        raise EngineError(f"--{side} {python}: real engines need a system that can fork")
    if not path.is_file():
        raise EngineError(
            f"--{side} {python}: expected `light` or the Python of an environment with "
            f"{side.capitalize()}, found no such file"
        )
    return os.path.abspath(path)


@contextmanager
def _airflow(python: str, home: Path, base: Mapping[str, str]) -> Iterator[Engine]:
    blank = Engine("airflow", python, _nowhere)
    around = _surroundings(blank, base, home)
    with started_worker(python, "airflow_recorder.py", home, around) as worker:
        engine = worker.engine()
        major = int(engine["version"].partition(".")[0])
        settings = {"DAGFERRY_HOME": str(home)}
        yield Engine("airflow", _label(engine), worker.run, settings, major)


@contextmanager
def _prefect(python: str, home: Path, base: Mapping[str, str]) -> Iterator[Engine]:
    blank = Engine("prefect", python, _nowhere)
    around = _surroundings(blank, base, home)
    with serving(python, home, around) as found:
        settings = {**found, "DAGFERRY_HOME": str(home)}
        with started_worker(python, "prefect_recorder.py", home, {**around, **found}) as worker:
            run = _one_at_a_time(worker)
            yield Engine("prefect", _label(worker.engine()), run, settings)


def _one_at_a_time(worker: Worker) -> Callable[[Child], Ended]:
    """Flows share the variables that the server keeps; each has to find its own."""
    turn = threading.Lock()

    def run(child: Child) -> Ended:
        with turn:
            return worker.run(child)

    return run


def _label(engine: Mapping[str, str]) -> str:
    return f"{engine['name']} {engine['version']} (Python {engine['python']})"


def _surroundings(engine: Engine, base: Mapping[str, str], home: Path) -> dict[str, str]:
    """What the process itself is started in: like its children, but with the guard asleep."""
    whole = engine.environment(environment(base, home))
    return {key: text for key, text in whole.items() if key not in GUARD_VARIABLES}


def _nowhere(_: Child) -> Ended:
    raise AssertionError("not started")
