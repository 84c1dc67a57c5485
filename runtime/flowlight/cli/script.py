"""`python -m flowlight FILE.py [ARG...]`: a script as Python would run it, `prefect` being ours."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

from flowlight import shim, world
from flowlight.cli.history_option import is_wanted, recorded
from flowlight.cli.showing import show
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
        world.use(world.World(sinks=(Printer(sys.stderr), *sinks))),
    ):
        runpy.run_path(str(path), run_name="__main__")
    return 0
