"""`make mutants`: makes every mutant, verifies each, writes the page, fails on survivors without a review."""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatchcase
from pathlib import Path

import click
from dagferry.parity import VerifyOptions
from dagferry.parity.opening import started
from generate import Mutant
from judge import Judge, Judged
from kept import Kept, key_of
from page import page
from summary import WANTED, Summary
from survivors import reviewed
from units import ROOT, Unit, units

PAGE = ROOT / "docs" / "reference" / "mutants.md"
TIMEOUT = 20.0  # seconds; a right flow takes less than one


def sampled(mutants: Sequence[Mutant], count: int) -> list[Mutant]:
    """So many of them, always the same ones: by the digest of their ids, in the order given."""
    digests = sorted(hashlib.sha256(one.id.encode()).hexdigest() for one in mutants)[:count]
    chosen = set(digests)
    return [one for one in mutants if hashlib.sha256(one.id.encode()).hexdigest() in chosen]


def all_judged(
    found: Sequence[Unit], mutants: Sequence[Mutant], jobs: int, right_first: bool = True
) -> Iterator[Judged]:
    """Every mutant judged, unit by unit.

    `right_first`: the right flows are verified before; DAGs that are not equal then are told and left out.
    """
    with started(VerifyOptions(timeout=TIMEOUT)) as options, ThreadPoolExecutor(jobs) as pool:
        for unit in found:
            mine = [one for one in mutants if one.unit == unit.name]
            if not mine:
                continue
            judge = Judge(unit, options)
            for dag_id in judge.left_out() if right_first else ():
                click.echo(f"{unit.name}: {dag_id} is not equal by itself and takes no part")
            judged = list(pool.map(judge.judged, filter(judge.concerns_a_dag, mine)))
            survivors = [one for one in judged if one.survived]
            click.echo(f"{unit.name}: {len(survivors)} of {len(judged)} survive")
            yield from judged


def told(summary: Summary, whole: bool) -> int:
    """Print what was found; the exit code."""
    counts = summary.counts()
    for name, row in [*summary.rows(), ("all", counts)]:
        shown = "  ".join(f"{kind} {number}" for kind, number in row.items())
        click.echo(f"{name:<22} {shown}")
    click.echo(f"rejected: {summary.rate():.2f}% of those that are not equivalent")
    for one in summary.unreviewed():
        click.echo(f"SURVIVED, not reviewed: {one.mutant.id} (line {one.mutant.line})")
    stale = summary.stale() if whole else []
    for entry in stale:
        click.echo(f"reviewed, but no survivor: {entry}")
    low = whole and summary.rate() < WANTED
    return 1 if summary.unreviewed() or stale or low else 0


@click.command()
@click.option("--only", default="*", help="Units whose name fits, as `samples/*`; writes no page.")
@click.option(
    "--sample", type=int, help="So many of these mutants, spread over all; writes no page."
)
@click.option("--cases", type=int, help="So many of the mutants of cases, spread over all.")
@click.option("--jobs", type=int, default=2, show_default=True)
@click.option(
    "--kept",
    type=click.Path(path_type=Path),
    help="Where verdicts are kept; a mutant that was rejected before is not verified again.",
)
def main(only: str, sample: int | None, cases: int | None, jobs: int, kept: Path | None) -> None:
    """Verify mutants; a run over all units writes docs/reference/mutants.md."""
    known = Kept.read(kept) if kept is not None else Kept()
    with tempfile.TemporaryDirectory(prefix="dagferry-mutants-") as folder:
        found = units(Path(folder), lambda name: fnmatchcase(name, only))
        every = [mutant for unit in found for mutant in unit.mutants]
        mutants = chosen(every, sample, cases)
        judged = [known.verdicts[key] for one in mutants if (key := key_of(one)) in known.verdicts]
        left = [one for one in mutants if key_of(one) not in known.verdicts]
        for one in all_judged(found, left, jobs, right_first=sample is None):
            judged.append(one)
            known.add(one)
    whole = only == "*" and sample is None
    summary = Summary(tuple(judged), reviewed(), made=len(every))
    code = told(summary, whole)
    if whole:
        PAGE.write_text(page(summary), encoding="utf-8")
    sys.exit(code)


def chosen(mutants: Sequence[Mutant], sample: int | None, cases: int | None) -> list[Mutant]:
    """Those that are asked for."""
    of_samples = [one for one in mutants if one.unit.startswith("samples/")]
    of_cases = [one for one in mutants if not one.unit.startswith("samples/")]
    taken = [*of_samples, *(of_cases if cases is None else sampled(of_cases, cases))]
    return taken if sample is None else sampled(taken, sample)


if __name__ == "__main__":
    main()
