"""Runs case sources against whatever `prefect` means in this process and writes what they noted.

Usage: observe_flows.py CASES.json OUT.json WORKERS. CASES.json maps a case's name to its source,
OUT.json maps it to its lines. Stdlib only: it runs in Prefect's environment as well as in ours.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import re
import sys
import tempfile
import traceback
from concurrent.futures import ThreadPoolExecutor
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
    module.__dict__.update(note=note, attempt=attempt)
    sys.modules[path.stem] = module
    try:
        spec.loader.exec_module(module)
    except BaseException as error:
        lines.append("escaped | " + show(error))
        traceback.print_exc(file=sys.stderr)
    return lines


_WARM_UP = "from prefect import flow\n@flow\ndef warm_up(): pass\nwarm_up()\n"


def main(cases_path: str, out_path: str, workers: str) -> None:
    """Run every case, `workers` at a time, and write the lines of each."""
    cases: dict[str, str] = json.loads(Path(cases_path).read_text(encoding="utf-8"))
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(int(workers)) as pool:
        folder = Path(name)
        run_case(
            folder, -1, _WARM_UP
        )  # Prefect's own server does not survive being started twice at once
        jobs = {
            case: pool.submit(run_case, folder, number, source)
            for number, (case, source) in enumerate(cases.items())
        }
        seen = {case: job.result() for case, job in jobs.items()}
    Path(out_path).write_text(json.dumps(seen, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
