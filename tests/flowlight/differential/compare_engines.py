"""Runs random flows on flowlight and on real Prefect and names the seeds that differ.

Usage: compare_engines.py FIRST COUNT [KEPT]. Ends with 1 when a flow differs; with a folder, what
Prefect did is kept there and not run again. From seed 2000 on, flows
have async bodies, hooks, task runners, transactions and tasks in tasks as well; from 4000 on they
are made of scenes: generators, gather, as_completed, limits, process pools and the like.
"""

from __future__ import annotations

import difflib
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "conformance"))
sys.path.insert(0, str(Path(__file__).parents[2]))

from flow_cases import Case
from flow_engines import LONG_WAY, PREFECT, on_flowlight, on_prefect
from flow_sources import source
from kept_answers import kept_or_run

#: Flows that are run and compared before the next ones are.
BATCH = 100


def differences(seeds: Sequence[int], scratch: Path, kept: Path | None = None) -> dict[int, str]:
    """What differs, as a diff from Prefect's lines to flowlight's, by the seed.

    `kept` is a folder for what Prefect did.
    """
    cases = {seed: Case("differential", str(seed), source(seed), None) for seed in seeds}
    folders = [scratch / "flowlight", scratch / "prefect"]
    for folder in folders:
        folder.mkdir()
    light = on_flowlight(list(cases.values()), folders[0])

    def run(names: Sequence[str]) -> dict[str, list[str]]:
        asked = [case for case in cases.values() if case.name in names]
        return on_prefect(asked, folders[1]) if asked else {}

    questions = {case.name: [case.source, _prefect_version()] for case in cases.values()}
    real = kept_or_run(questions, kept, run) if kept else run(list(questions))
    found = {}
    for seed, case in cases.items():
        lines = difflib.unified_diff(
            real[case.name], light[case.name], "prefect", "flowlight", lineterm="", n=100
        )
        if text := "\n".join(lines):
            found[seed] = text
    return found


def differences_of_ways(seeds: Sequence[int], scratch: Path) -> dict[int, str]:
    """What differs between the short way of task runs and the long one, by the seed."""
    cases = {seed: Case("ways", str(seed), source(seed), None) for seed in seeds}
    folders = [scratch / "short", scratch / "long"]
    for folder in folders:
        folder.mkdir()
    short = on_flowlight(list(cases.values()), folders[0])
    long = on_flowlight(list(cases.values()), folders[1], LONG_WAY)
    return {seed: text for seed, case in cases.items() if (text := _diff(long, short, case))}


def _diff(before: dict[str, list[str]], after: dict[str, list[str]], case: Case) -> str:
    return "\n".join(difflib.unified_diff(before[case.name], after[case.name], lineterm="", n=100))


def _prefect_version() -> str:
    (found,) = PREFECT.parents[1].glob("lib/python*/site-packages/prefect-*.dist-info")
    return found.name


def main(first: str, count: str, kept: str | None = None) -> int:
    """Compare, and say what differs."""
    seeds = range(int(first), int(first) + int(count))
    different = 0
    for at in range(0, len(seeds), BATCH):
        batch = seeds[at : at + BATCH]
        with tempfile.TemporaryDirectory() as scratch:
            found = differences(batch, Path(scratch), Path(kept) if kept else None)
        for seed, text in found.items():
            sys.stdout.write(f"seed {seed} differs:\n{source(seed)}\n{text}\n\n")
        different += len(found)
        sys.stdout.write(f"{at + len(batch)} flows run, {different} differ\n")
        sys.stdout.flush()
    sys.stdout.write(f"{len(seeds) - different} of {len(seeds)} random flows equal\n")
    return 1 if different else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
