"""What the command line does: load, choose a DAG, run it into a trace; and `dag.test()`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from daglight.asked import asked, watching_environment
from daglight.dag_run import DagRun
from daglight.engine import run_dag
from daglight.errors import UsageError, unsupported_uses
from daglight.events import Event, Noted, Sink
from daglight.load import infer_version, load_dags, pick_dag
from daglight.moment import as_aware, parse
from daglight.plugins import broken_plugins
from daglight.schedule import last_tick
from daglight.scope import scope
from daglight.settings_files import load_connections, load_variables
from daglight.trace_sink import TraceSink

if TYPE_CHECKING:
    from daglight.dag import DAG
    from daglight.injection import Injection

__all__ = ["Request", "dag_ids", "enable_dag_test", "parse_conf", "parse_date", "trace_dag"]


@dataclass(frozen=True)
class Request:
    """What to run and how; None where the default is meant."""

    path: str
    dag_id: str | None = None
    logical_date: datetime | None = None
    conf: dict[str, Any] | None = None
    variables: str | None = None
    connections: str | None = None
    stubs: str | None = None
    shared_stubs: bool = False
    injections: tuple[Injection, ...] = ()
    version: int | None = None
    graph_only: bool = False
    schedule: bool = False


def dag_ids(request: Request) -> list[str]:
    """The ids of the DAGs in the file."""
    return [dag.dag_id for dag in _load(request)]


def trace_dag(request: Request, *, now: datetime, also: Sink | None = None) -> dict[str, Any]:
    """The trace of one run, or of none; LoadError or UsageError when there can be none."""
    with watching_environment(os.getcwd()):
        document = _traced(request, now, also)
    document["asked_for"] = asked.document()
    return document


def _traced(request: Request, now: datetime, also: Sink | None) -> dict[str, Any]:
    unsupported_uses.clear()
    dag = pick_dag(_load(request), request.dag_id, request.path)
    _stub(dag, request)
    scope.injections = request.injections
    enable_dag_test(now)
    moment = None if request.graph_only else _moment(dag, request, now)
    sink = TraceSink(
        dag,
        path=request.path,
        version=scope.version,
        logical_date=moment.isoformat() if moment else None,
    )
    if request.schedule:
        from daglight.schedule_trace import schedule_of

        sink.document["subject"]["schedule"] = schedule_of(dag, scope.version)
    if moment is None:
        for task in dag.tasks:
            sink.add(task)
    else:
        both = _both(sink, also)
        for text in _notes(dag):
            both(Noted(None, text))
        run_dag(dag, logical_date=moment, conf=request.conf or {}, now=now, sink=both)
        _mark_incomplete(sink.document)
    return sink.document


def enable_dag_test(now: datetime, also: Sink | None = None) -> None:
    """Let `dag.test()` run a DAG in this process."""

    def test(
        dag: DAG,
        execution_date: datetime | None = None,
        run_conf: dict[str, Any] | None = None,
        *,
        logical_date: datetime | None = None,
        variable_file_path: str | None = None,
        conn_file_path: str | None = None,
        **_: Any,
    ) -> DagRun:
        if variable_file_path:
            load_variables(variable_file_path)
        if conn_file_path:
            load_connections(conn_file_path)
        moment = as_aware(logical_date or execution_date or now, dag.timezone)
        return run_dag(
            dag, logical_date=moment or now, conf=run_conf or {}, now=now, sink=also or _ignore
        )

    scope.test_dag = test


def parse_date(text: str) -> datetime:
    """A date of the command line; UsageError when it is none."""
    try:
        return parse(text)
    except ValueError:
        raise UsageError(
            f"--logical-date: expected a date like 2024-01-31T00:00:00, found {text!r}"
        ) from None


def parse_conf(text: str) -> dict[str, Any]:
    """The conf of the command line; UsageError when it is no JSON object."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise UsageError(f"--conf: expected a JSON object, found {text!r} ({error})") from None
    if not isinstance(found, dict):
        raise UsageError(f"--conf: expected a JSON object, found {text!r}")
    return found


def _load(request: Request) -> list[DAG]:
    if request.variables:
        load_variables(request.variables)
    if request.connections:
        load_connections(request.connections)
    return load_dags(request.path, version=request.version or infer_version(request.path))


def _stub(dag: DAG, request: Request) -> None:
    """Let recorded calls give what the file of stubs says, and tasks it names not run."""
    scope.stubs = {}
    if request.stubs:
        from daglight.calls import stub_task
        from daglight.stubs import check_names, load_stubs

        scope.stubs = load_stubs(request.stubs)
        if not request.shared_stubs:
            check_names(scope.stubs, dag.task_ids)
        for task in dag.tasks:
            if task.task_id in scope.stubs:
                stub_task(task)


def _moment(dag: DAG, request: Request, now: datetime) -> datetime:
    asked = request.logical_date or last_tick(dag.schedule, dag.timezone, now)
    return asked.astimezone(timezone.utc)


def _notes(dag: DAG) -> Iterator[str]:
    """What a run by hand leaves out, in Airflow too."""
    options: Any = dag
    if options.sla_miss_callback or any(getattr(task, "sla", None) for task in dag.tasks):
        yield "no SLA is watched and sla_miss_callback is not called: the run has no scheduler"
    yield from broken_plugins


def _mark_incomplete(document: dict[str, Any]) -> None:
    if unsupported_uses:
        reasons = "; ".join(dict.fromkeys(unsupported_uses))
        document["run"] = {"state": "incomplete", "reason": reasons}


def _both(first: Sink, second: Sink | None) -> Sink:
    if second is None:
        return first

    def both(event: Event) -> None:
        first(event)
        second(event)

    return both


def _ignore(_: Event) -> None:
    """For runs that nobody watches."""
