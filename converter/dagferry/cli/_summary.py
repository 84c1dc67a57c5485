"""The first screen of `assess`: the answer, in about 40 lines whatever the size of the folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dagferry.catalogue import pages
from dagferry.cli._findings import described
from dagferry.cli._plural import counted
from dagferry.cli._screen import Line
from dagferry.report.causes import Cause
from dagferry.report.records import GRADES
from dagferry.report.summary import BRIDGED, BY_HAND, DECIDE, READY, Summary

_PIPED_COLUMN = 60
_MOST = {True: 12, False: 8}
_UNREADABLE = 5
_CODES = 5
_CODE = len(" (DF101)")
_STYLES = {READY: "green", DECIDE: "yellow", BRIDGED: "cyan", BY_HAND: "red"}
_MEANING = {
    READY: "native or adapted: `dagferry verify` shows that both do the same",
    DECIDE: "converted, but something would differ: see below",
    BRIDGED: "run the original operator (--bridge)",
    BY_HAND: "a task, or all of it, is a stub that raises",
}


def summary_lines(
    summary: Summary, roots: Sequence[str], paths: str, width: int | None
) -> list[Line]:
    """The screen. `roots` are the folders that imports were looked for in, `paths` what was asked for.

    `width` is that of the terminal; without one nothing is cut but the first column of the tables.
    """
    return [
        *_headline(summary, roots),
        *_unreadable(summary),
        *_efforts(summary),
        *_causes("What stands in the way", summary.blockers, width),
        *_causes("Would differ and needs a decision (required)", summary.decisions, width),
        *_advisory(summary),
        *_next(summary, paths),
    ]


def _headline(summary: Summary, roots: Sequence[str]) -> Iterator[Line]:
    amounts = f"{counted(summary.dags, 'DAG')}, {counted(summary.tasks, 'task')}"
    label = "root" if len(roots) == 1 else "roots"
    yield Line(
        f"{amounts} in {counted(summary.files, 'file')} ({label}: {', '.join(roots)})", "bold"
    )
    if summary.families:
        known = counted(summary.families, "DAG")
        yield Line(f"{known} with a computed id, each for as many as a run makes")


def _unreadable(summary: Summary) -> Iterator[Line]:
    if not summary.unreadable:
        return
    yield Line("")
    count = len(summary.unreadable)
    yield Line(f"{counted(count, 'file')} could not be converted, and no DAG of them is counted")
    for path, finding in summary.unreadable[:_UNREADABLE]:
        said = described(replace(finding, hint=""), path).split("\n")[0] if finding else path
        yield Line(f"  {said}", "red")
    if count > _UNREADABLE:
        yield Line(f"  and {count - _UNREADABLE} more: --full")


def _efforts(summary: Summary) -> Iterator[Line]:
    if not summary.dags:
        return
    yield Line("")
    for effort in summary.efforts:
        if effort.dags:
            amounts = f"{counted(effort.dags, 'DAG'):>9}  {counted(effort.tasks, 'task'):>11}"
            text = f"  {effort.name:<10}{amounts}   {_MEANING[effort.name]}"
            yield Line(text, _STYLES[effort.name])
    grades = ", ".join(f"{summary.grades.get(grade, 0)} {grade}" for grade in GRADES)
    yield Line(f"  {'':<10}{'tasks by grade:':>22}   {grades}")


def _causes(title: str, causes: Sequence[Cause], width: int | None) -> Iterator[Line]:
    if not causes:
        return
    most = _MOST[causes[0].blocks]
    shown = causes[:most]
    texts = [one_line(cause.text) for cause in shown]
    widest = max(len(title), *(len(text) + _CODE for text in texts))
    column = min(widest, max(30, width // 2) if width else max(_PIPED_COLUMN, len(title)))
    yield Line("")
    yield Line(f"{title:<{column + 2}}  tasks   DAGs   what to do", "bold")
    for cause, text in zip(shown, texts):
        tasks = str(cause.tasks or "-")
        named = f"{_cut(text, column - _CODE)} ({cause.code})"
        start = f"  {named:<{column}}  {tasks:>5}  {cause.dags or '-':>5}   "
        said = advice(cause.code)
        yield Line(start + (_cut(said, max(24, width - len(start))) if width else said))
    left = causes[most:]
    if left:
        yield Line(f"  and {counted(len(left), 'more cause', 'more causes')}: --full")


def one_line(text: str) -> str:
    """A cause on one line, however its finding was laid out."""
    return " ".join(text.split())


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def advice(code: str) -> str:
    """The first sentence of what the page of a code says to do, without its end."""
    page = pages().get(code)
    said = page.text.partition("## What to do\n\n")[2].split("\n")[0] if page else ""
    return re.split(r"(?<=[a-z`)])[.:] ", said + " ")[0].strip().removesuffix(".")


def _advisory(summary: Summary) -> Iterator[Line]:
    total = sum(summary.advisory.values())
    if not total:
        return
    ranked = sorted(summary.advisory.items(), key=lambda item: (-item[1], item[0]))
    codes = ", ".join(f"{code} {count}" for code, count in ranked[:_CODES])
    more = ", ..." if len(ranked) > _CODES else ""
    yield Line("")
    yield Line(f"{counted(total, 'advisory note')} ({codes}{more})", "dim")


def _next(summary: Summary, paths: str) -> Iterator[Line]:
    yield Line("")
    if summary.start_with:
        yield Line(f"Start with: {', '.join(summary.start_with)}", "bold")
    full = f"dagferry assess {paths} --full"
    yield Line(f"Everything, by file and line: {full}   ·   a code: dagferry explain CODE", "dim")
