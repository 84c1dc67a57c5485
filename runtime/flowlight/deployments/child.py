"""The process of one run: reads what to run from standard input, writes its state to the store."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

from flowlight import shim, world
from flowlight.cli.history_option import is_wanted, recorded
from flowlight.cli.showing import show
from flowlight.deployments.entrypoints import load_flow
from flowlight.deployments.flow_runs import run_flow
from flowlight.deployments.registry import facts
from flowlight.deployments.store import Store, to_text
from flowlight.engine_logs import EngineLogs
from flowlight.loading import UserError
from flowlight.printer import Printer

__all__ = ["main"]


def main() -> int:
    """Exit code: 0 when the run completed, else 1."""
    order = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    store, run_id = Store(Path(order["store"])), order["run"]
    with store.changing() as change:
        change.execute(
            "UPDATE runs SET state = 'RUNNING', state_name = 'Running', started = ?"
            " WHERE id = ? AND state = 'PENDING'",
            (to_text(_now()), run_id),
        )
    state, name, message = _outcome(order, store)
    store.finish(run_id, state, name, message, _now())
    return 0 if state == "COMPLETED" else 1


def _end_with_parent() -> None:
    """The other end of standard input closes when the process that serves ends, however it does."""
    with contextlib.suppress(OSError):
        os.read(sys.stdin.fileno(), 1)
    os._exit(70)


def _outcome(order: dict[str, Any], store: Store) -> tuple[str, str, str | None]:
    run = store.run(order["run"])
    try:
        shim.install()
        show()
        flow = load_flow(order["entrypoint"], Path(order["folder"]))
    except UserError as error:
        sys.stderr.write(f"{run.name}: {error}\n")
        return "CRASHED", "Crashed", f"The flow could not be loaded: {error}"
    with (
        recorded(is_wanted(None, default=True)) as sinks,
        world.use(world.World(sinks=(Printer(sys.stderr), EngineLogs(), *sinks))),
    ):
        done = run_flow(
            flow,
            json.loads(run.parameters),
            run_id=UUID(run.id),
            name=run.name,
            due=run.due_at,
            tags=json.loads(run.tags),
            deployment=facts(store, run.deployment),
        )
    assert done.state is not None  # it has ended
    if not done.state.is_final():  # as a returned failure of a flow with retries
        return "FAILED", done.state.name, f"The flow ended in a state that is no end: {done.state}"
    return done.state.type.value, done.state.name, done.state.message


def _now() -> datetime:
    return datetime.now(timezone.utc)


if __name__ == "__main__":
    sys.exit(main())
