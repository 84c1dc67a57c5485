"""`make bench`: how fast the converter is and how its cost grows, as ratios taken in one run.

The yardstick is `libcst.parse_module` over the same files. Costs are CPU seconds of the process and of those
it starts, if a line does not say otherwise; those of the examples are medians of several rounds.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import folders
import libcst
from processes import cpu_of, keep_bytecode, peak_of, wall_of

COPIES, ROUNDS = 5, 3
#: What is measured, what came out, and the most that is aimed at.
Row = tuple[str, float, str, float]


def main() -> None:
    """Measure and print the table, line by line as it comes."""
    if not all(corpus.is_dir() for corpus in folders.CORPORA):
        sys.exit(f"expected the example DAGs in {folders.CORPORA[0].parent}: run `make corpus`")
    with tempfile.TemporaryDirectory(prefix="dagferry-bench-") as scratch:
        place = Path(scratch)
        keep_bytecode(place / "bytecode")
        for what, found, unit, aim in chain(_examples(place), _growth(place)):
            missed = "" if found <= aim else "  MISSED"
            sys.stdout.write(f"{what:<58} {found:8.2f} {unit:<10} aim: {aim:.2f}{missed}\n")
            sys.stdout.flush()


def _examples(place: Path) -> Iterator[Row]:
    """The example DAGs of two releases of Airflow, several times."""
    source = place / "examples"
    texts = folders.examples(source, COPIES)
    convert(_small(place), place / "warm")
    parse = _median(lambda: _parsed(texts))
    first = _median(lambda: cpu_of(lambda: _fresh(source, place / "one", "1")))
    second = _median(lambda: cpu_of(lambda: convert(source, place / "one", "--jobs", "1")))
    alone = _median(lambda: wall_of(lambda: _fresh(source, place / "one", "1")))
    both = _median(lambda: wall_of(lambda: _fresh(source, place / "two", "2")))
    yield f"convert --jobs 1, {len(texts)} files", first / parse, "x parse", 3.0
    yield "the same again, unchanged", second / first, "x first", 0.1
    yield "--jobs 2 (wall time)", both / alone, "x jobs 1", 0.65
    cold = _median(lambda: wall_of(lambda: convert(_small(place), place / "cold", "--force")))
    yield "one small file, start-up included (wall time)", cold, "s", 0.45


def _growth(place: Path) -> Iterator[Row]:
    """What twice the work costs; of four times the work, the root."""
    for what, make, small, large in (
        ("tasks of one file", folders.one_file, 1000, 2000),
        ("files of a folder", folders.many_files, 600, 2400),
        ("bytes of one file", folders.large_file, 950_000, 1_900_000),
    ):
        costs = []
        for size in (small, large):
            source = make(place / f"{size} {what}", size)
            costs.append(cpu_of(lambda source=source: _fresh(source, place / "grown", "1")))
        ratio = (costs[1] / costs[0]) ** (1 if large == 2 * small else 0.5)
        yield f"twice the {what}: {small:,} to {large:,}", ratio, "x", 2.2
    source = folders.many_files(place / "memory", 2000)
    peak = peak_of(_command(source, place / "peak", "--jobs", "1"))
    yield "memory for 2,000 files", peak / 1e9, "GB", 1.5


def _parsed(texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        libcst.parse_module(text)
    return time.process_time() - start


def _median(measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(ROUNDS))


def _small(place: Path) -> Path:
    folder = place / "small"
    return folder if folder.is_dir() else folders.one_file(folder, 1)


def _fresh(source: Path, output: Path, jobs: str) -> None:
    shutil.rmtree(output, ignore_errors=True)
    convert(source, output, "--jobs", jobs)


def _command(source: Path, output: Path, *options: str) -> list[str]:
    command = [sys.executable, "-m", "dagferry", "convert", str(source), "-o", str(output), "-q"]
    return [*command, "--fail-on", "never", *options]


def convert(source: Path, output: Path, *options: str) -> None:
    """Convert a folder in a process of its own. Ends the benchmark if that fails."""
    done = subprocess.run(
        _command(source, output, *options), check=False, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"convert {source}: exit code {done.returncode}\n{done.stderr}")


if __name__ == "__main__":
    main()
