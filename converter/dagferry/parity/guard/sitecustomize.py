"""Watches a child process; put first on PYTHONPATH by `dagferry.parity.process`.

Python imports `sitecustomize` at its start, in child processes of the child as well. An audit
hook cannot be taken out again. Variables steer it:

- DAGFERRY_NETWORK=off refuses every connection that leaves the process family, but for
  DAGFERRY_SERVER (host:port, the engine's own);
- DAGFERRY_WRITES=FILE lists there what was written, but for what is below DAGFERRY_HOME, the engine's;
- DAGFERRY_TRACE=FILE compares, when the engine writes it, the process with what it was at first;
- DAGFERRY_MEMORY=BYTES limits the memory;
- DAGFERRY_MISHAPS=FILE has a line for whatever happened so that the result proves nothing.
"""

from __future__ import annotations

import importlib
import os
import sys


def activate() -> None:
    """Do what the variables of this process ask for."""
    if os.environ.get("DAGFERRY_NETWORK") == "off":
        from dagferry_watch import network

        network.refuse()
    if os.environ.get("DAGFERRY_WRITES"):
        from dagferry_watch import writes

        writes.list_in(os.environ["DAGFERRY_WRITES"])
    if os.environ.get("DAGFERRY_TRACE"):
        from dagferry_watch import ending

        # A child of the run is not the run: it shall not look at itself.
        ending.watch(os.environ.pop("DAGFERRY_TRACE"))
    if os.environ.get("DAGFERRY_MEMORY"):
        from dagferry_watch import memory

        memory.limit(int(os.environ["DAGFERRY_MEMORY"]))


def _run_the_next_one() -> None:
    """The environment may have a `sitecustomize` of its own, which this one hides."""
    own = os.path.dirname(os.path.abspath(__file__))
    this = sys.modules.pop("sitecustomize")
    kept = list(sys.path)
    sys.path[:] = [one for one in kept if os.path.abspath(one or ".") != own]
    try:
        importlib.import_module("sitecustomize")
    except ModuleNotFoundError:
        sys.modules["sitecustomize"] = this
    finally:
        sys.path[:] = kept


if __name__ == "sitecustomize":
    activate()
    _run_the_next_one()
