"""Runs Airflow's example DAGs on real Airflow: `record_examples.py 2|3 [--write]`.

Without `--write` what was recorded before is compared, and any difference ends it with 1.
"""

from __future__ import annotations

import json
import os
import sys

from example_traces import CORPUS, DATE, Document, compact, file_of, recorded

# isort: split
from dag_engines import real_engine
from dagferry.parity.engines import Engine
from dagferry.parity.opening import started
from dagferry.parity.side import Side, list_subjects, run_side

#: Seconds after which an example that waits for something is ended.
_LIMIT = 40.0


def record(version: int) -> Document:
    """The recording of every example of a version."""
    runs: dict[str, Document] = {}
    with started(real_engine(version)) as ready:
        engine = ready.started["airflow"]
        for path in sorted(CORPUS[version].rglob("*.py")):
            file = path.relative_to(CORPUS[version]).as_posix()
            if "DAG" in path.read_text() or "asset" in path.read_text():
                runs.update(_of_file(engine, version, file))
    return {"airflow": engine.label, "logical_date": DATE, "runs": runs}


def _of_file(engine: Engine, version: int, file: str) -> dict[str, Document]:
    listed, reason = list_subjects(_side(engine, version, file, None))
    if listed is None:
        return {f"{file}::": {"refused": compact({"refused": reason})["refused"]}}
    found = {}
    for dag_id in sorted(listed):
        done = run_side(_side(engine, version, file, dag_id))
        found[f"{file}::{dag_id}"] = compact(done.document or {"refused": done.reason})
        sys.stderr.write(f"{file}::{dag_id}\n")
    return found


def _side(engine: Engine, version: int, file: str, dag_id: str | None) -> Side:
    options = {"logical-date": DATE, "conf": {}}
    return Side(engine, CORPUS[version], file, dag_id, options, dict(os.environ), _LIMIT)


def main(version: str, *rest: str) -> int:
    """Record, and write it down or compare it with what was written."""
    now, target = record(int(version)), file_of(int(version))
    if "--write" in rest:
        target.parent.mkdir(exist_ok=True)
        runs = ",\n".join(
            f"{json.dumps(name)}: {json.dumps(one, ensure_ascii=False, separators=(',', ':'))}"
            for name, one in now["runs"].items()
        )
        head = f'"airflow": {json.dumps(now["airflow"])},\n"logical_date": {json.dumps(DATE)}'
        target.write_text(f'{{\n{head},\n"runs": {{\n{runs}\n}}}}\n', encoding="utf-8")
        return 0
    before = recorded(int(version))["runs"]
    changed = [one for one in {**before, **now["runs"]} if before.get(one) != now["runs"].get(one)]
    sys.stdout.write("".join(f"{one} differs from its recording\n" for one in changed))
    return 1 if changed else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
