"""Runs Airflow's example DAGs on real Airflow: `record_examples.py 2|3 [--write]`.

Without `--write` what was recorded before is compared, and any difference ends it with 1.
"""

from __future__ import annotations

import json
import os
import re
import sys
from datetime import datetime, timezone

from example_traces import (
    BY_THE_CLOCK,
    CORPUS,
    DATE,
    Document,
    compact,
    file_of,
    recorded,
    run_light,
    steadied,
    verdict,
)

# isort: split
from dag_engines import real_engine
from dagferry.parity.engines import Engine
from dagferry.parity.opening import started
from dagferry.parity.side import Side, list_subjects, run_side

#: Seconds after which an example that waits for something is ended.
_LIMIT = 40.0
_HEAD = ("airflow", "logical_date", "at")


def record(version: int) -> Document:
    """The recording of every example of a version."""
    runs: dict[str, Document] = {}
    at = datetime.now(timezone.utc).isoformat(timespec="seconds")
    with started(real_engine(version)) as ready:
        engine = ready.started["airflow"]
        for path in sorted(CORPUS[version].rglob("*.py")):
            file = path.relative_to(CORPUS[version]).as_posix()
            if "DAG" in path.read_text() or "asset" in path.read_text():
                runs.update(_of_file(engine, version, file))
    return {"airflow": engine.label, "logical_date": DATE, "at": at, "runs": runs}


def _of_file(engine: Engine, version: int, file: str) -> dict[str, Document]:
    listed, reason = list_subjects(_side(engine, version, file, None))
    if listed is None:
        return {f"{file}::": {"refused": compact({"refused": reason})["refused"]}}
    found = {}
    for dag_id in sorted(listed):
        found[f"{file}::{dag_id}"] = _of_dag(engine, version, file, dag_id)
        sys.stderr.write(f"{file}::{dag_id}\n")
    return found


def _of_dag(engine: Engine, version: int, file: str, dag_id: str) -> Document:
    """The trace, and where random numbers are used what two of them agree on."""
    again = re.search(r"^import random", (CORPUS[version] / file).read_text(), re.MULTILINE)
    found = []
    for _ in range(2 if again else 1):
        done = run_side(_side(engine, version, file, dag_id))
        found.append(compact(done.document or {"refused": done.reason}))
    return dict(steadied(found[0], found[-1]))


def _side(engine: Engine, version: int, file: str, dag_id: str | None) -> Side:
    options = {"logical-date": DATE, "conf": {}}
    return Side(engine, CORPUS[version], file, dag_id, options, dict(os.environ), _LIMIT)


def _moved(version: int, name: str, now: Document) -> bool:
    """Whether it goes by the clock, and daglight does at this hour what real Airflow does."""
    if not name.startswith(BY_THE_CLOCK) or name not in now["runs"]:
        return False
    light = run_light(version, name, now["at"])
    return verdict(now["runs"][name], light) == ("same", "")


def main(version: str, *rest: str) -> int:
    """Record, and write it down or compare it with what was written."""
    now, target = record(int(version)), file_of(int(version))
    if "--write" in rest:
        target.parent.mkdir(exist_ok=True)
        runs = ",\n".join(
            f"{json.dumps(name)}: {json.dumps(one, ensure_ascii=False, separators=(',', ':'))}"
            for name, one in now["runs"].items()
        )
        head = ",\n".join(f'"{one}": {json.dumps(now[one])}' for one in _HEAD)
        target.write_text(f'{{\n{head},\n"runs": {{\n{runs}\n}}}}\n', encoding="utf-8")
        return 0
    before = recorded(int(version))["runs"]
    changed = [
        one
        for one in {**before, **now["runs"]}
        if before.get(one) != now["runs"].get(one) and not _moved(int(version), one, now)
    ]
    sys.stdout.write("".join(f"{one} differs from its recording\n" for one in changed))
    return 1 if changed else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
