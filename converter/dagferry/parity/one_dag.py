"""One DAG verified: run it, run its flow the same way, compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dagferry.parity.check import Check, Comparison, Files
from dagferry.parity.compare import compare_runs, settle
from dagferry.parity.engines import Engine
from dagferry.parity.manifest import Subject
from dagferry.parity.options import DEFAULT_DATE, VerifyOptions
from dagferry.parity.report import DagReport
from dagferry.parity.saved import FILES, Asked, save
from dagferry.parity.side import Recorded, Side, run_side
from dagferry.parity.stubs import calls_answered
from dagferry.parity.trace import Trace, moment
from dagferry.parity.values import DIFFERENT
from dagferry.parity.variable_names import renamed_file


@dataclass(frozen=True)
class Folders:
    """Where the DAGs and the flows are; the paths of the manifest are relative to these.

    `roots` are folders of either that Python finds modules in.
    """

    dags: Path
    flows: Path
    roots: tuple[str, ...] = ()


def verify_dag(subject: Subject, folders: Folders, options: VerifyOptions) -> DagReport:
    """Run both sides and compare; one after the other, for a DAG may write outside its folder."""
    airflow = run_airflow(subject, folders, options)
    if airflow.trace is None:
        reason = f"the DAG could not be run: {airflow.reason}"
        return DagReport.failed(subject.dag_id, subject.path, reason)
    _keep(airflow, subject, options)
    flow = run_flow(subject, folders, options, airflow.trace)
    if flow.trace is None:
        reason = f"the flow could not be run: {flow.reason}"
        return DagReport.failed(subject.dag_id, subject.path, reason)
    _keep(flow, subject, options)
    files = None if airflow.files is None else Files(airflow.files, flow.files or {})
    comparison = Comparison.of(airflow.trace, flow.trace, subject, files)
    checks = compare_runs(comparison)
    if any(check.verdict == DIFFERENT and check.check in _REPEATABLE for check in checks):
        checks = _settled(comparison, checks, run_airflow(subject, folders, options))
    return DagReport(
        subject.dag_id,
        subject.path,
        checks,
        reason=_reason(airflow.trace, flow.trace),
        notes=_notes(subject, folders, options, airflow.trace),
        logical_date=airflow.trace.logical_date,
        answered=calls_answered(airflow.trace.tasks),
    )


_REPEATABLE = frozenset({"xcoms", "rendered", "effects", "calls"})


def run_airflow(subject: Subject, folders: Folders, options: VerifyOptions) -> Recorded:
    """Run the DAG; once more on a later date when it has not started on the default one."""
    if options.saved is not None:
        return options.saved.find(subject.dag_id, subject.path, _asked(options))
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
    name = subject.flow or subject.dag_id
    engine = options.engines()[1]
    with TemporaryDirectory() as folder:
        flags["variables"] = renamed_file(flags["variables"], Path(folder))
        side = _side(engine, folders.flows, subject.output, name, flags, options)
        return run_side(replace(side, roots=folders.roots))


def _dag_side(subject: Subject, folders: Folders, options: VerifyOptions, date: str) -> Side:
    engine = options.engines()[0]
    flags = {
        "logical-date": date,
        "conf": dict(options.conf),
        **options.settings("airflow"),
        "stubs": str(options.stubs.resolve()) if options.stubs else None,
        # What fits no task is told for all DAGs at once, by the manifest.
        "shared-stubs": options.stubs is not None and bool(subject.tasks),
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


def _keep(recorded: Recorded, subject: Subject, options: VerifyOptions) -> None:
    if options.save_traces is not None and recorded.document is not None:
        save(options.save_traces, subject, recorded, _asked(options))


def _asked(options: VerifyOptions) -> Asked:
    files = {name: getattr(options, name) for name in FILES}
    return Asked.of(options.logical_date, options.conf, files)


def _later(trace: Trace | None, date: str) -> str | None:
    if trace is None or trace.tasks or trace.start_date is None:
        return None
    start, asked = moment(trace.start_date), moment(date)
    return (start + timedelta(days=1)).isoformat() if start > asked else None


def _settled(
    comparison: Comparison, checks: tuple[Check, ...], again: Recorded
) -> tuple[Check, ...]:
    """What the DAG itself does not repeat is taken out of the differences."""
    if again.trace is None or again.files is None or comparison.files is None:
        return checks
    repeated = Files(comparison.files.airflow, again.files)
    return compare_runs(settle(comparison, again.trace, repeated))


def _reason(airflow: Trace, flow: Trace) -> str | None:
    if not airflow.tasks:
        started = f" (it starts on {airflow.start_date})" if airflow.start_date else ""
        return (
            f"the DAG run of {airflow.logical_date} has no task instances{started}: "
            "choose a date after every start date with --logical-date"
        )
    for name, trace in (("DAG", airflow), ("flow", flow)):
        if trace.run_state == "incomplete":
            return f"the {name} run did not come to its end: {trace.reason or 'no reason given'}"
    return None


def _notes(
    subject: Subject, folders: Folders, options: VerifyOptions, airflow: Trace
) -> tuple[str, ...]:
    lost = sorted(set(options.conf) - set(subject.params))
    notes = [f"the flow has no parameter for conf {', '.join(lost)}"] if lost else []
    if airflow.airflow_version not in (None, subject.airflow_version):
        notes.append(
            f"the flow follows the rules of Airflow {subject.airflow_version}, "
            f"the DAG was run by those of Airflow {airflow.airflow_version}"
        )
    edited = subject.edited(folders.flows)
    if edited:
        notes.append(
            f"edited since it was converted: {', '.join(edited)}; what this run did not come to"
            " (other branches, rules, callbacks) and deployments are not compared"
        )
    return tuple(notes)
