"""Runs case sources against whatever `prefect` means in this process and answers what they noted.

Every line of standard input is a case, `{"name": ..., "source": ...}`; every answer is a line,
`{"name": ..., "lines": [...]}`. Cases run one after another in the main thread, where Prefect's
time limits are signals: in other threads they are exceptions thrown in from outside, which can
leave a lock of Prefect's own locked for ever. Stdlib only: it runs in Prefect's environment too.
"""

from __future__ import annotations

import contextvars
import faulthandler
import importlib.util
import itertools
import json
import logging
import os
import re
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def show(value: object) -> str:
    """One line for a value, the same on every engine: ids are left out."""
    if hasattr(value, "is_completed") and hasattr(value, "type"):
        text = f"{value.name}/{value.type.value}"
    elif isinstance(value, BaseException):
        text = f"{type(value).__name__}: {value}"
    elif isinstance(value, str):
        text = value
    elif isinstance(value, (list, tuple)):
        text = "[" + ", ".join(show(item) for item in value) + "]"
    elif isinstance(value, dict):
        text = "{" + ", ".join(f"{show(k)}: {show(v)}" for k, v in value.items()) + "}"
    else:
        text = repr(value)
    return _ID.sub("<id>", text)


def set_limit(name: str, limit: int, decay: float = 0.0) -> None:
    """Make or change a concurrency limit, where the engine keeps them."""
    if importlib.util.find_spec("flowlight") is not None:
        from flowlight.concurrency.limits import put

        put(name, limit, decay)
        return
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate

    with get_client(sync_client=True) as client:
        limit_of_prefect = GlobalConcurrencyLimitCreate(
            name=name, limit=limit, slot_decay_per_second=decay
        )
        client.create_global_concurrency_limit(limit_of_prefect)


def slots(name: str) -> int:
    """How many slots of a limit are taken."""
    if importlib.util.find_spec("flowlight") is not None:
        from flowlight.concurrency.limits import find

        return find(name).active_slots
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return client.read_global_concurrency_limit_by_name(name).active_slots


def run_case(folder: Path, number: int, source: str) -> list[str]:
    """The lines that one source noted; an exception that escapes it is the last line."""
    lines: list[str] = []

    def note(*values: object) -> None:
        lines.append(" | ".join(show(value) for value in values))

    def attempt(call: Any, *args: Any, **kwargs: Any) -> None:
        try:
            note(call(*args, **kwargs))
        except BaseException as error:
            note("raised", error)

    path = folder / f"case_{number}.py"
    path.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    module.__dict__.update(note=note, attempt=attempt, set_limit=set_limit, slots=slots)
    sys.modules[path.stem] = module
    try:
        spec.loader.exec_module(module)
    except BaseException as error:
        lines.append("escaped | " + show(error))
        traceback.print_exc(file=sys.stderr)
    return lines


def main() -> None:
    """Answer cases until standard input ends."""
    faulthandler.register(signal.SIGUSR1, all_threads=True)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a case prints is no answer
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as name:
        for number, line in zip(itertools.count(), sys.stdin):
            case = json.loads(line)
            # An open generator of a task leaves its context behind, in Prefect as on flowlight.
            alone = contextvars.copy_context()
            lines = alone.run(run_case, Path(name), number, case["source"])
            print(json.dumps({"name": case["name"], "lines": lines}), file=answers, flush=True)


if __name__ == "__main__":
    main()
