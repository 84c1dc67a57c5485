"""Runs random flows on flowlight and on real Prefect and names the seeds that differ.

Usage: compare_engines.py FIRST COUNT. Ends with 1 when a flow differs. From seed 2000 on, flows
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

from flow_cases import Case
from flow_engines import on_flowlight, on_prefect
from flow_sources import source


def differences(seeds: Sequence[int], scratch: Path) -> dict[int, str]:
    """What differs, as a diff from Prefect's lines to flowlight's, by the seed."""
    cases = {seed: Case("differential", str(seed), source(seed), None) for seed in seeds}
    folders = [scratch / "flowlight", scratch / "prefect"]
    for folder in folders:
        folder.mkdir()
    light = on_flowlight(list(cases.values()), folders[0])
    real = on_prefect(list(cases.values()), folders[1])
    found = {}
    for seed, case in cases.items():
        lines = difflib.unified_diff(
            real[case.name], light[case.name], "prefect", "flowlight", lineterm="", n=100
        )
        if text := "\n".join(lines):
            found[seed] = text
    return found


def main(first: str, count: str) -> int:
    """Compare, and say what differs."""
    seeds = range(int(first), int(first) + int(count))
    with tempfile.TemporaryDirectory() as scratch:
        found = differences(seeds, Path(scratch))
    for seed, text in found.items():
        sys.stdout.write(f"seed {seed} differs:\n{source(seed)}\n{text}\n\n")
    sys.stdout.write(f"{len(seeds) - len(found)} of {len(seeds)} random flows equal\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
