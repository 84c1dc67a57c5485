"""`make bench`: how fast the converter is, as ratios taken in one run on Airflow's own example DAGs.

The yardstick is `libcst.parse_module` over the same files. Times are CPU seconds of the process and of
those it starts; each figure is the median of several rounds.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import libcst

CORPUS = Path(__file__).parents[2] / ".corpus" / "airflow-2.10.5"
COPIES, ROUNDS = 8, 3
SMALL = """\
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def work():
    return 1


with DAG("small", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="work", python_callable=work)
"""


def main() -> None:
    """Measure and print the table."""
    if not CORPUS.is_dir():
        sys.exit(f"expected the example DAGs in {CORPUS}: run `make corpus`")
    with tempfile.TemporaryDirectory(prefix="dagferry-bench-") as scratch:
        rows = _measure(Path(scratch))
    width = max(len(row[0]) for row in rows)
    for what, seconds, note in rows:
        sys.stdout.write(f"{what:<{width}}  {seconds:8.2f} s  {note}\n")


def _measure(scratch: Path) -> list[tuple[str, float, str]]:
    texts = _copies(scratch / "dags")
    lines = sum(text.count("\n") for text in texts)
    parse = _median(lambda: [libcst.parse_module(text) for text in texts])
    first = _median(lambda: _convert(scratch, fresh=True))
    _convert(scratch, fresh=False)
    second = _median(lambda: _convert(scratch, fresh=False))
    small = scratch / "small"
    small.mkdir()
    (small / "small.py").write_text(SMALL)
    wall = statistics.median(_wall(small, scratch / f"out{n}") for n in range(5))
    return [
        (f"libcst.parse_module, {len(texts)} files, {lines:,} lines", parse, "the yardstick"),
        ("dagferry convert --jobs 1", first, f"{first / parse:.2f} times it (aim: at most 2.5)"),
        ("the same again, unchanged", second, f"{second / first:.2f} of the first (aim: 0.2)"),
        ("one small file, start-up included (wall)", wall, "(aim: at most 0.4 s)"),
    ]


def _copies(folder: Path) -> list[str]:
    texts = []
    for copy in range(COPIES):
        for file in sorted(CORPUS.rglob("*.py")):
            text = file.read_text()
            place = folder / f"copy{copy}" / file.relative_to(CORPUS)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
            texts.append(text)
    return texts


def _median(work: Callable[[], object]) -> float:
    found = []
    for _ in range(ROUNDS):
        start = _cpu()
        work()
        found.append(_cpu() - start)
    return statistics.median(found)


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _convert(scratch: Path, *, fresh: bool) -> None:
    output = scratch / ("fresh" if fresh else "kept")
    if fresh:
        shutil.rmtree(output, ignore_errors=True)
    _run(scratch / "dags", output)


def _run(source: Path, output: Path) -> None:
    command = [sys.executable, "-m", "dagferry", "convert", str(source), "-o", str(output), "-q"]
    subprocess.run([*command, "--fail-on", "never"], check=False, capture_output=True)


def _wall(source: Path, output: Path) -> float:
    start = time.perf_counter()
    _run(source, output)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
