"""Converts random DAGs and verifies the flows with the bundled engines: none may come out different.

Usage: convert_random.py FIRST COUNT [--airflow 2|3] [--without FEATURE]... Ends with 1 when one does.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dag_plans import FEATURES, DagPlan
from dag_random import plan
from dag_sources import source
from dagferry.parity import Check, VerifyOptions, verify
from dagferry.parity.report import DagReport
from dagferry.pipeline import Conversion, convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import read_input

#: One moment and no conf for all, for they are verified in one batch.
DATE = "2024-03-05T00:00:00+00:00"
CONVERTED = ("native", "adapted")


def plans(seeds: Sequence[int], version: int, without: Sequence[str]) -> list[DagPlan]:
    """The DAGs of the seeds, all of them for one moment."""
    return [replace(plan(seed, version, without), conf={}, logical_date=DATE) for seed in seeds]


def verdicts(
    dags: Sequence[DagPlan], folder: Path, jobs: int = 2
) -> dict[str, tuple[str, DagReport | None]]:
    """DAG id -> its grade, and the report when it was converted at all."""
    sources, flows = folder / "dags", folder / "flows"
    sources.mkdir()
    for one in dags:
        (sources / f"{one.dag_id}.py").write_text(source(one), encoding="utf-8")
    made = convert_input(read_input([sources]), airflow_version=dags[0].version)
    for path, data in made.outputs.items():
        (flows / path).parent.mkdir(parents=True, exist_ok=True)
        (flows / path).write_bytes(data)
    grades = _grades(made)
    manifest = _only(to_json(made.files), grades)
    report = verify(sources, flows, manifest, VerifyOptions(logical_date=DATE, jobs=jobs))
    found = {one.dag_id: one for one in report.dags}
    return {dag_id: (grade, found.get(dag_id)) for dag_id, grade in grades.items()}


def _grades(made: Conversion) -> dict[str, str]:
    return {dag.dag_id: dag.grade for record in made.files for dag in record.dags}


def _only(manifest: dict[str, Any], grades: dict[str, str]) -> dict[str, Any]:
    """The manifest without the files of DAGs that have to be converted by hand."""
    files = [
        one
        for one in manifest["files"]
        if all(grades[dag["dag_id"]] in CONVERTED for dag in one["dags"])
    ]
    return {**manifest, "files": files}


def told(report: DagReport) -> Iterator[str]:
    """What differs, and why something was not checked."""
    if report.reason:
        yield report.reason
    yield from _checks(report.checks, "")
    for scenario in report.scenarios.reports:
        yield from _checks(scenario.checks, f"when {scenario.name}: ")


def _checks(checks: Sequence[Check], when: str) -> Iterator[str]:
    for check in checks:
        if check.verdict != "equal" and not check.vacuous:
            values = f"{check.airflow!r} != {check.flow!r}"
            yield f"{when}{check.check}: {check.verdict}: {values} {check.detail}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Convert, verify, and say what differs."""
    options = _parser().parse_args(arguments)
    seeds = range(options.first, options.first + options.count)
    made = plans(seeds, options.airflow, options.without)
    with tempfile.TemporaryDirectory(prefix="convert-random-") as folder:
        found = verdicts(made, Path(folder), options.jobs)
    counts: Counter[str] = Counter()
    for one in made:
        grade, report = found[one.dag_id]
        counts[f"{grade} {report.verdict if report else 'not verified'}"] += 1
        if report and report.verdict != "equal":
            text = "\n".join(told(report))
            sys.stdout.write(f"{one.dag_id} is {report.verdict}:\n{source(one)}\n{text}\n\n")
    sys.stdout.write("".join(f"{count} {name}\n" for name, count in sorted(counts.items())))
    return 1 if any("different" in name for name in counts) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("--airflow", type=int, choices=(2, 3), default=2)
    parser.add_argument("--without", action="append", choices=FEATURES, default=[])
    parser.add_argument("--jobs", type=int, default=2)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
