"""One DAG verified: run it, run its flow the same way, compare; then again in every scenario."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dagferry.parity.both_sides import Folders, asked_of, run_airflow, run_flow
from dagferry.parity.check import Check, Comparison, Files
from dagferry.parity.checks import schedule
from dagferry.parity.compare import compare_runs, settle, verdict
from dagferry.parity.manifest import Subject
from dagferry.parity.options import VerifyOptions
from dagferry.parity.report import DagReport
from dagferry.parity.saved import save
from dagferry.parity.scenario_runs import NO_DAG, ScenarioReports, run_scenarios
from dagferry.parity.serialised import serialised, told
from dagferry.parity.side import Recorded
from dagferry.parity.stubs import calls_answered
from dagferry.parity.trace import Trace
from dagferry.parity.values import DIFFERENT, EQUAL

#: Gives what a DAG did when it was run with some options.
RunAirflow = Callable[[Subject, Folders, VerifyOptions], Recorded]


def verify_dag(
    subject: Subject,
    folders: Folders,
    options: VerifyOptions,
    run_dag: RunAirflow = run_airflow,
) -> DagReport:
    """Run both sides and compare; one after the other, for a DAG may write outside its folder.

    `run_dag` is for callers that verify many flows of one DAG and keep what the DAG did.
    """
    plain = _compared(subject, folders, options, run_dag)
    if isinstance(plain, str):
        return DagReport.failed(subject.dag_id, subject.path, plain)
    airflow, flow, checks = plain
    late = told(serialised(Comparison.of(airflow, flow, subject)))
    report = DagReport(
        subject.dag_id,
        subject.path,
        checks,
        reason=_reason(airflow, flow),
        notes=(*_notes(subject, folders, options, airflow), *([late] if late else [])),
        logical_date=airflow.logical_date,
        answered=calls_answered(airflow.tasks),
    )
    return replace(
        report, scenarios=_scenarios(subject, folders, options, run_dag, airflow, report)
    )


def _compared(
    subject: Subject, folders: Folders, options: VerifyOptions, run_dag: RunAirflow
) -> tuple[Trace, Trace, tuple[Check, ...]] | str:
    """The traces of both sides and the checks; or the reason why there are none."""
    airflow = run_dag(subject, folders, options)
    if airflow.trace is None:
        return f"{NO_DAG}: {airflow.reason}"
    _keep(airflow, subject, options)
    flow = run_flow(subject, folders, options, airflow.trace)
    if flow.trace is None:
        return f"the flow could not be run: {flow.reason}"
    _keep(flow, subject, options)
    files = None if airflow.files is None else Files(airflow.files, flow.files or {})
    comparison = Comparison.of(airflow.trace, flow.trace, subject, files)
    checks = compare_runs(comparison)
    if any(check.verdict == DIFFERENT and check.check in _REPEATABLE for check in checks):
        checks = _settled(comparison, checks, run_dag(subject, folders, options))
    return airflow.trace, flow.trace, checks


def _scenarios(
    subject: Subject,
    folders: Folders,
    options: VerifyOptions,
    run_dag: RunAirflow,
    plain: Trace,
    report: DagReport,
) -> ScenarioReports:
    """Both sides in every scenario; where the plain runs are not equal, that is what to mend first."""

    def compared(changed: VerifyOptions) -> tuple[Check, ...] | str:
        found = _compared(subject, folders, changed, run_dag)
        return found if isinstance(found, str) else found[2]

    if options.saved is not None:
        return ScenarioReports(reason="a saved trace is of the plain run")
    # When runs begin has no part in what they do.
    ran = verdict([one for one in report.checks if one.check != schedule.NAME])
    if ran != EQUAL:
        return ScenarioReports(reason=f"the plain run is {ran}")
    return run_scenarios(plain, options, compared)


_REPEATABLE = frozenset({"xcoms", "rendered", "effects", "calls"})


def _keep(recorded: Recorded, subject: Subject, options: VerifyOptions) -> None:
    if options.save_traces is not None and recorded.document is not None:
        save(options.save_traces, subject, recorded, asked_of(options))


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
            " (other branches, rules, callbacks) is not compared"
        )
    return tuple(notes)
