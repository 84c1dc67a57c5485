"""Writes what real Prefect does into the case files: `record_flows.py [TOPIC...]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from flow_cases import FOLDER, read, write
from flow_engines import on_prefect


def main(topics: list[str]) -> None:
    """Record these topics, or all."""
    paths = [p for p in sorted(FOLDER.glob("*.md")) if not topics or p.stem in topics]
    cases = [case for path in paths for case in read(path)]
    with tempfile.TemporaryDirectory() as scratch:
        seen = on_prefect(cases, Path(scratch))
    for path in paths:
        write(path, seen)


if __name__ == "__main__":
    main(sys.argv[1:])
