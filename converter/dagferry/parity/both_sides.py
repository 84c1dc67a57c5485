"""Runs the two sides of a DAG: the DAG itself, and its flow with what the DAG was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dagferry.parity.engines import Engine
from dagferry.parity.manifest import Subject
from dagferry.parity.options import DEFAULT_DATE, VerifyOptions
from dagferry.parity.saved import FILES, Asked
from dagferry.parity.schedules import moments
from dagferry.parity.side import Recorded, Side, run_side
from dagferry.parity.trace import Trace, moment
from dagferry.parity.variable_names import renamed_file


@dataclass(frozen=True)
class Folders:
    """Where the DAGs and the flows are; the paths of the manifest are relative to these.

    `roots` are folders of either that Python finds modules in.
    """

    dags: Path
    flows: Path
    roots: tuple[str, ...] = ()


def run_airflow(subject: Subject, folders: Folders, options: VerifyOptions) -> Recorded:
    """Run the DAG; once more on a later date when it has not started on the default one."""
    if options.saved is not None:
        return options.saved.find(subject.dag_id, subject.path, asked_of(options))
    date = options.logical_date or DEFAULT_DATE
    recorded = run_side(_dag_side(subject, folders, options, date))
    later = None if options.logical_date else _later(recorded.trace, date)
    return run_side(_dag_side(subject, folders, options, later)) if later else recorded


def run_flow(
    subject: Subject, folders: Folders, options: VerifyOptions, airflow: Trace
) -> Recorded:
    """Run the flow with the date, the parameters and the variables that the DAG had."""
    parameters = {name: options.conf[name] for name in subject.params if name in options.conf}
    if subject.logical_date_parameter:
        parameters["logical_date"] = airflow.logical_date or options.logical_date or DEFAULT_DATE
    flags: dict[str, Any] = {"parameters": parameters, **options.settings("prefect")}
    flags["inject"] = list(options.inject) or None
    flags["schedule-from"] = moments(airflow) if options.schedule else None
    name = subject.flow or subject.dag_id
    engine = options.engines()[1]
    with TemporaryDirectory() as folder:
        flags["variables"] = renamed_file(flags["variables"], Path(folder))
        side = _side(engine, folders.flows, subject.output, name, flags, options)
        return run_side(replace(side, roots=folders.roots))


def asked_of(options: VerifyOptions) -> Asked:
    """What a run with these options is asked, as it stands in a trace that is kept."""
    files = {name: getattr(options, name) for name in FILES}
    return Asked.of(options.logical_date, options.conf, files)


def _dag_side(subject: Subject, folders: Folders, options: VerifyOptions, date: str) -> Side:
    engine = options.engines()[0]
    flags = {
        "logical-date": date,
        "conf": dict(options.conf),
        **options.settings("airflow"),
        "stubs": str(options.stubs.resolve()) if options.stubs else None,
        # What fits no task is told for all DAGs at once, by the manifest.
        "shared-stubs": options.stubs is not None and bool(subject.tasks),
        "inject": list(options.inject) or None,
        "schedule": options.schedule,
        "airflow-version": None if engine.real else str(subject.airflow_version),
    }
    side = _side(engine, folders.dags, subject.path, subject.dag_id, flags, options)
    return replace(side, roots=folders.roots)


def _side(
    engine: Engine,
    folder: Path,
    file: str,
    name: str,
    flags: Mapping[str, Any],
    options: VerifyOptions,
) -> Side:
    base, network = options.environment, options.allow_network
    limits = options.timeout, network, options.memory
    return Side(engine, folder, file, name, flags, base, *limits)


def _later(trace: Trace | None, date: str) -> str | None:
    if trace is None or trace.tasks or trace.start_date is None:
        return None
    start, asked = moment(trace.start_date), moment(date)
    return (start + timedelta(days=1)).isoformat() if start > asked else None
