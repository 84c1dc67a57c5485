"""Verify a folder of DAGs against the flows they became."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from typing import Any

from dagferry.errors import OutputError
from dagferry.graph.families import covers, family_of
from dagferry.parity.both_sides import Folders
from dagferry.parity.manifest import Subject, read_subjects
from dagferry.parity.one_dag import verify_dag
from dagferry.parity.opening import started
from dagferry.parity.options import VerifyOptions
from dagferry.parity.process import kill_all
from dagferry.parity.report import DagReport, VerifyReport
from dagferry.parity.side import Side, list_subjects
from dagferry.parity.stubs import check_stubs, unused_stubs

Progress = Callable[[DagReport], None]


def verify(
    dags: Path,
    flows: Path,
    manifest: Mapping[str, Any],
    options: VerifyOptions,
    *,
    progress: Progress | None = None,
    only: str | None = None,
) -> VerifyReport:
    """Run and compare every DAG of the manifest, or the `only` one, `options.jobs` at a time.

    `progress` is told of each DAG when it is done. Raises `EngineError` for an engine that cannot
    be started and for stubs of no task; whatever goes wrong with one DAG is in its report, and the
    others go on.
    """
    with started(options) as ready:
        return _run_all(dags, flows, manifest, ready, progress, only)


def _run_all(
    dags: Path,
    flows: Path,
    manifest: Mapping[str, Any],
    options: VerifyOptions,
    progress: Progress | None,
    only: str | None,
) -> VerifyReport:
    engines = {engine.side: engine.label for engine in options.engines()}
    if options.saved is not None:
        engines["airflow"] = options.saved.engines()
    roots = tuple(root for root in manifest.get("roots", ()) if root != ".")
    folders, known = Folders(dags, flows, roots), read_subjects(manifest)
    if options.stubs is not None:
        check_stubs(options.stubs, known)
    found: list[Future[tuple[DagReport, ...]]] = []
    with ThreadPoolExecutor(max_workers=max(1, options.jobs)) as pool:
        try:
            found = [
                pool.submit(_safely, subject, known, folders, options, progress, only)
                for subject in known
                if only is None or only == subject.dag_id or _may_make(subject, only)
            ]
            reports = tuple(one for part in found for one in part.result())
            return VerifyReport(engines, reports, notes=_notes(options, reports))
        except BaseException:
            _stop(found)
            raise


def _notes(options: VerifyOptions, reports: Sequence[DagReport]) -> tuple[str, ...]:
    if options.stubs is None:
        return ()
    unused = unused_stubs(options.stubs, (one.answered for one in reports))
    return tuple(f"--stubs: {name} answered no call of the DAGs that were run" for name in unused)


def _stop(futures: list[Future[tuple[DagReport, ...]]]) -> None:
    """End what runs, again and again: a job may be about to start its next child."""
    for future in futures:
        future.cancel()
    running = True
    while running:
        kill_all()
        running = bool(wait(futures, timeout=0.05).not_done)


def _safely(
    subject: Subject,
    known: Sequence[Subject],
    folders: Folders,
    options: VerifyOptions,
    progress: Progress | None,
    only: str | None,
) -> tuple[DagReport, ...]:
    try:
        reports = _reports(subject, known, folders, options, only)
    except OutputError as error:  # a trace that could not be kept
        reports = (DagReport.failed(subject.dag_id, subject.path, str(error)),)
    except Exception as error:  # one DAG never stops the batch
        reason = f"this is a fault of dagferry, please report it: {type(error).__name__}: {error}"
        reports = (DagReport.failed(subject.dag_id, subject.path, reason, fault=True),)
    for report in reports:
        if progress is not None:
            progress(report)
    return reports


def _may_make(subject: Subject, dag_id: str) -> bool:
    return subject.family and covers(subject.dag_id, dag_id)


def _reports(
    subject: Subject,
    known: Sequence[Subject],
    folders: Folders,
    options: VerifyOptions,
    only: str | None,
) -> tuple[DagReport, ...]:
    if not subject.family:
        return (verify_dag(subject, folders, options),)
    listed, reason = _listed(subject, folders, options)
    ids = members(subject, known, listed)
    if only not in (None, subject.dag_id):
        ids = [one for one in ids if one == only]
    if not ids:
        fits = f"fits {subject.dag_id}" if only in (None, subject.dag_id) else f"is {only}"
        why = reason or f"{subject.path} makes no DAG whose id {fits}"
        return (DagReport.failed(subject.dag_id, subject.path, why),)
    return tuple(
        verify_dag(replace(subject, dag_id=one, flow=None), folders, options) for one in ids
    )


def _listed(subject: Subject, folders: Folders, options: VerifyOptions) -> tuple[list[str], str]:
    """The ids of the DAGs that a file makes, which only running it can tell."""
    if options.saved is not None:
        return options.saved.ids(), ""
    engine = options.engines()[0]
    base, network = options.environment, options.allow_network
    limits = options.timeout, network, options.memory
    needed = options.settings("airflow")
    side = Side(engine, folders.dags, subject.path, None, needed, base, *limits, folders.roots)
    listed, reason = list_subjects(side)
    return list(listed or ()), reason


def members(subject: Subject, known: Iterable[Subject], listed: Iterable[str]) -> list[str]:
    """Those of the listed ids that are this family's: not another DAG's own, nor a closer family's.

    `etl_{name}` also fits the id of a DAG that is written out as `etl_daily`. Run as a member of
    the family, that one would be compared by the family's facts.
    """
    beside = [one for one in known if one.path == subject.path]
    exact = {one.dag_id for one in beside if not one.family}
    families = [one.dag_id for one in beside if one.family]
    return [
        one for one in listed if one not in exact and family_of(one, families) == subject.dag_id
    ]
