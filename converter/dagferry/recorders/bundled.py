"""A bundled engine as `warm.py` wants it: imported once, every run in a fork.

The variable DAGFERRY_ENGINE of the process names the module that is the engine's command line.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import platform
import sys
import threading
from typing import Any

# What the command line imports no sooner than a run needs it, and nearly every run does; the last
# two are the guard's and the supervisor's.
BEFOREHAND = {
    "daglight.trace": (
        "daglight.session",
        "daglight.dag",
        "daglight.operators.python",
        "daglight.schedule_trace",
        "croniter",
    ),
    "flowlight.trace.__main__": (
        "croniter",
        "flowlight.trace.schedule",
        "yaml",
        "flowlight.pausing.flow_runs",
        "graphlib",
        "subprocess",
        "zoneinfo",
    ),
}
_OF_ALL = ("ctypes", "locale", "resource")
_engine: list[Any] = []


def prepare(home: str) -> dict[str, str]:  # noqa: ARG001 - the engine keeps nothing
    """Import the engine; what it is."""
    name = os.environ["DAGFERRY_ENGINE"]
    _engine.append(importlib.import_module(name))
    for module in (*BEFOREHAND[name], *_OF_ALL):
        importlib.import_module(module)
    # No run makes garbage of it, and a collection in a fork would copy its pages.
    gc.freeze()
    version = sys.modules[name.partition(".")[0]].__version__
    return {"name": name, "version": version, "python": platform.python_version()}


def main(arguments: list[str]) -> int:
    """Answer one request, and leave as a process of its own would: threads first, then `atexit`."""
    engine = _engine[0]
    sys.argv[:] = [engine.__file__, *arguments]
    sys.path.insert(0, os.getcwd())
    try:
        return int(engine.main(arguments))
    finally:
        threading._shutdown()  # type: ignore[attr-defined]  # what Python itself calls
        atexit._run_exitfuncs()
