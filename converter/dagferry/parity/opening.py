"""Start the engines that a batch needs, once; end them with it."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from dagferry.parity.bytecode import compile_engines
from dagferry.parity.engines import LIGHT, Engine, EngineError, light_engine
from dagferry.parity.given import check_given
from dagferry.parity.options import VerifyOptions
from dagferry.parity.process import Child, Ended, environment
from dagferry.parity.scratch import WORK
from dagferry.parity.worker import Worker, started_worker

GUARD_VARIABLES = ("DAGFERRY_NETWORK", "DAGFERRY_WRITES")
COMMAND_LINES = {"airflow": "daglight.trace", "prefect": "flowlight.trace.__main__"}
_SILENT = ("-W", "ignore")  # real engines warn of themselves


@contextmanager
def started(options: VerifyOptions) -> Iterator[VerifyOptions]:
    """Inside, the same options with their engines started; `EngineError` when one cannot be.

    And for what was given beside them that no run could use.
    """
    check_given(options)
    wanted = {"prefect": options.prefect}
    if options.saved is None:
        wanted["airflow"] = options.airflow
    if options.stubs is not None and options.airflow != LIGHT:
        raise EngineError("--stubs: expected --airflow light, for real Airflow makes its calls")
    with ExitStack() as stack:
        found: dict[str, Engine] = dict(options.started)
        for side, python in sorted(wanted.items()):
            if _is_missing(found.get(side), python):
                found[side] = stack.enter_context(_opened(side, python, options))
        yield replace(options, started=found)


def _is_missing(engine: Engine | None, python: str) -> bool:
    """A bundled engine that was started for others is not the real one that is asked for now."""
    if python == LIGHT:
        return engine is None and hasattr(os, "fork")
    return engine is None or not engine.real


def _opened(side: str, python: str, options: VerifyOptions) -> AbstractContextManager[Engine]:
    if python == LIGHT:
        return _light(side, options.python, options.environment)
    return _real(side, python, options.environment)


@contextmanager
def _light(side: str, python: str, base: Mapping[str, str]) -> Iterator[Engine]:
    """It is not waited for: much can be done while it is imported."""
    compile_engines(base)
    with tempfile.TemporaryDirectory(prefix=WORK) as folder:
        home = Path(os.path.realpath(folder))
        around = _surroundings(light_engine(side, python), base, home)
        around["DAGFERRY_ENGINE"] = COMMAND_LINES[side]
        with started_worker([python], "bundled.py", home, around) as worker:
            yield replace(light_engine(side, python), run=worker.run)


@contextmanager
def _real(side: str, python: str, base: Mapping[str, str]) -> Iterator[Engine]:
    interpreter = _interpreter(side, python)
    try:
        with tempfile.TemporaryDirectory(prefix=WORK) as folder:
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
    with started_worker([python, *_SILENT], "airflow_recorder.py", home, around) as worker:
        engine = worker.engine()
        major = int(engine["version"].partition(".")[0])
        settings = {"DAGFERRY_HOME": str(home)}
        yield Engine("airflow", _label(engine), worker.run, settings, major)


@contextmanager
def _prefect(python: str, home: Path, base: Mapping[str, str]) -> Iterator[Engine]:
    from dagferry.parity.prefect_server import serving  # it needs a socket, light engines do not

    blank = Engine("prefect", python, _nowhere)
    around = _surroundings(blank, base, home)
    with serving(python, home, around) as found:
        settings = {**found, "DAGFERRY_HOME": str(home)}
        with started_worker(
            [python, *_SILENT], "prefect_recorder.py", home, {**around, **found}
        ) as worker:
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
