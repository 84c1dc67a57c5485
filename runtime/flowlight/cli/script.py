"""`python -m flowlight FILE.py [ARG...]`: a script as Python would run it, `prefect` being ours."""

from __future__ import annotations

import os
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from flowlight import child_main, shim, world
from flowlight.cli.history_option import is_wanted, recorded
from flowlight.cli.showing import show
from flowlight.engine_logs import EngineLogs
from flowlight.loading import check_source
from flowlight.printer import Printer

__all__ = ["main"]


def main(path: Path, arguments: list[str]) -> int:
    """Run the script; it is recorded when `FLOWLIGHT_HISTORY` says so."""
    check_source(path)
    shim.install()
    show()
    sys.argv = [str(path), *arguments]
    sys.path.insert(0, str(path.resolve().parent))
    with (
        recorded(is_wanted(None, default=False)) as sinks,
        world.use(world.World(sinks=(Printer(sys.stderr), EngineLogs(), *sinks))),
    ):
        _run(path)
    return 0


def _run(path: Path) -> None:
    """As Python runs it; what a new process of `multiprocessing` runs is `child_main`."""
    module = ModuleType("__main__")
    module.__file__ = str(path)
    module.__spec__ = ModuleSpec(child_main.__name__, None)
    os.environ[child_main.SCRIPT] = str(path.resolve())
    sys.modules["__main__"] = module
    exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True), vars(module))  # noqa: S102
