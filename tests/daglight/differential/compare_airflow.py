"""Runs random DAGs on daglight and on real Airflow and names the seeds that differ.

Usage: compare_airflow.py FIRST COUNT [--airflow 2|3] [--without FEATURE]... [--kept FOLDER]; with
`--shrink`, the DAG of FIRST is made smaller for as long as it differs. With `--kept`, what Airflow did is
kept in the folder and not run again, so that a change of daglight's is judged within minutes. Ends
with 1 when a DAG differs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from dag_engines import differences, on_airflow, on_daglight, real_engine, write
from dag_plans import FEATURES, DagPlan
from dag_random import plan
from dag_shrinking import shrunk
from dag_sources import source
from dagferry import recorders
from dagferry.parity.engines import Engine
from dagferry.parity.opening import started
from kept_answers import kept_or_run

#: DAGs that are written, run and compared before the next ones are.
BATCH = 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, and say what differs."""
    options = _parser().parse_args(arguments)
    if options.shrink:
        return _shrink(options)
    seeds = range(options.first, options.first + options.count)
    plans = [plan(seed, options.airflow, options.without) for seed in seeds]
    count = 0
    with started(real_engine(options.airflow)) as ready:
        engine = ready.started["airflow"]
        for at in range(0, len(plans), BATCH):
            batch = plans[at : at + BATCH]
            found = compared(batch, engine, options.jobs, options.kept)
            count += len(found)
            for one in batch:
                if one.dag_id in found:
                    _tell(f"{one.dag_id} differs:\n{source(one)}\n" + "\n".join(found[one.dag_id]))
            _tell(f"{at + len(batch)} DAGs run, {count} differ")
    _tell(f"{len(plans) - count} of {len(plans)} random DAGs equal on {engine.label}")
    return 1 if count else 0


def _shrink(options: argparse.Namespace) -> int:
    """Print the smallest DAG that still differs where the one of the first seed does."""
    with started(real_engine(options.airflow)) as ready:
        engine = ready.started["airflow"]

        def differ(plans: Sequence[DagPlan]) -> dict[str, list[str]]:
            return compared(plans, engine, options.jobs)

        small = shrunk(plan(options.first, options.airflow, options.without), differ)
        lines = differ([small])[small.dag_id]
    _tell(source(small) + "".join(f"# {one}\n" for one in lines))
    return 1


def compared(
    plans: Sequence[DagPlan], engine: Engine, jobs: int = 1, kept: Path | None = None
) -> dict[str, list[str]]:
    """DAG id -> in what it differs, for those that do; `kept` is a folder for what Airflow did."""
    with tempfile.TemporaryDirectory(prefix="differential-") as name:
        folder = Path(name)
        write(plans, folder)
        light = on_daglight(plans, folder)

        def run(names: Sequence[str]) -> dict[str, dict[str, Any]]:
            return on_airflow([one for one in plans if one.dag_id in names], folder, engine, jobs)

        questions = {one.dag_id: _question(one, engine) for one in plans}
        real = kept_or_run(questions, kept, run) if kept else run(list(questions))
    lines = {one.dag_id: differences(real[one.dag_id], light[one.dag_id]) for one in plans}
    return {dag_id: found for dag_id, found in lines.items() if found}


def _question(one: DagPlan, engine: Engine) -> list[object]:
    recorder = Path(recorders.__file__).with_name("airflow_recorder.py").read_text()
    return [source(one), one.logical_date, one.conf, engine.label, recorder]


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=int)
    parser.add_argument("count", type=int, nargs="?", default=1)
    parser.add_argument("--shrink", action="store_true", help="make the DAG of FIRST smaller")
    parser.add_argument("--airflow", type=int, choices=(2, 3), default=2)
    parser.add_argument("--without", action="append", choices=FEATURES, default=[])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--kept", type=Path, help="a folder for what Airflow did")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
