"""Verify a folder of DAGs against the flows they became."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from typing import Any

from dagferry.graph.families import covers
from dagferry.parity.manifest import Subject, read_subjects
from dagferry.parity.one_dag import Folders, VerifyOptions, verify_dag
from dagferry.parity.process import kill_all
from dagferry.parity.report import DagReport, VerifyReport
from dagferry.parity.side import Side, list_subjects

Progress = Callable[[DagReport], None]


def verify(
    dags: Path,
    flows: Path,
    manifest: Mapping[str, Any],
    options: VerifyOptions,
    *,
    progress: Progress | None = None,
) -> VerifyReport:
    """Run and compare every DAG of the manifest, `options.jobs` at a time.

    `progress` is told of each DAG when it is done. Raises `EngineError` for an engine that is not
    supported; whatever goes wrong with one DAG is in its report, and the others go on.
    """
    engines = {"airflow": options.airflow, "prefect": options.prefect}
    options.engines()
    folders = Folders(dags, flows)
    found: list[Future[tuple[DagReport, ...]]] = []
    with ThreadPoolExecutor(max_workers=max(1, options.jobs)) as pool:
        try:
            found = [
                pool.submit(_safely, subject, folders, options, progress)
                for subject in read_subjects(manifest)
            ]
            return VerifyReport(engines, tuple(one for part in found for one in part.result()))
        except BaseException:
            _stop(found)
            raise


def _stop(futures: list[Future[tuple[DagReport, ...]]]) -> None:
    """End what runs, again and again: a job may be about to start its next child."""
    for future in futures:
        future.cancel()
    running = True
    while running:
        kill_all()
        running = bool(wait(futures, timeout=0.05).not_done)


def _safely(
    subject: Subject, folders: Folders, options: VerifyOptions, progress: Progress | None
) -> tuple[DagReport, ...]:
    try:
        reports = _reports(subject, folders, options)
    except Exception as error:  # one DAG never stops the batch
        reason = f"this is a fault of dagferry, please report it: {type(error).__name__}: {error}"
        reports = (DagReport.failed(subject.dag_id, subject.path, reason, fault=True),)
    for report in reports:
        if progress is not None:
            progress(report)
    return reports


def _reports(subject: Subject, folders: Folders, options: VerifyOptions) -> tuple[DagReport, ...]:
    if not subject.family:
        return (verify_dag(subject, folders, options),)
    ids, reason = _members(subject, folders, options)
    if not ids:
        why = reason or f"{subject.path} makes no DAG whose id fits {subject.dag_id}"
        return (DagReport.failed(subject.dag_id, subject.path, why),)
    return tuple(
        verify_dag(replace(subject, dag_id=one, flow=None), folders, options) for one in ids
    )


def _members(subject: Subject, folders: Folders, options: VerifyOptions) -> tuple[list[str], str]:
    """The ids of a factory's DAGs, which only running the file can tell."""
    engine = options.engines()[0]
    base, network = options.environment, options.allow_network
    side = Side(engine, folders.dags, subject.path, None, {}, base, options.timeout, network)
    listed, reason = list_subjects(side)
    return [one for one in listed or () if covers(subject.dag_id, one)], reason
