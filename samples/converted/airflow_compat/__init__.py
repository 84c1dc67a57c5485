"""Airflow's rules for the flows beside this package.

Written by dagferry; it belongs to you: edit it freely. It needs Prefect 3 and what
Prefect installs, and never imports Airflow. Its parts:

    bash        BashOperator's work as a Prefect task.
    callbacks   Airflow's callbacks as Prefect's hooks.
    calls       Nodes that call a Prefect task: the arguments of `TaskGraph.add`.
    context     The context of a task: what Airflow gives to bodies, templates and callbacks.
    dates       Dates as Airflow writes them: the formats of `ds` and `ts`, and `days_ago`.
    dependencies Edges: `a >> b`, `[a, b] >> c`, and what they can be drawn between.
    exceptions  Airflow's exceptions, and what Prefect makes of them when a task body raises one.
    graph       `TaskGraph`: Airflow's scheduling over Prefect futures.
    nodes       Nodes of a `TaskGraph` and the edges between them.
    objects     Airflow's `dag`, `dag_run` and `task`, with what of them there is in a flow.
    rules       Trigger rules: run, skip or give up, as a function of how the upstreams ended.
    run         The Airflow side of a flow run: `airflow_run` gives its dates, params and names.
    schedules   The data interval of a run: what Airflow's timetables make of a schedule and a moment.
    task_runs   Prefect task runs of the nodes of a graph: Airflow's task instances.
    templates   Jinja as Airflow sets it up: its settings, filters and macros.
    variables   Airflow's variables, kept as Prefect's.
    xcom        XCom: values that tasks leave for each other, and `ti`, through which they do.
"""

from airflow_compat.bash import bash
from airflow_compat.callbacks import (
    on_execute,
    on_failure,
    on_skipped,
    on_success,
)
from airflow_compat.calls import template
from airflow_compat.context import get_current_context
from airflow_compat.dates import days_ago
from airflow_compat.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowSensorTimeout,
    AirflowSkipException,
    XComNotFound,
    retry_unless_final,
    skips,
)
from airflow_compat.graph import TaskGraph
from airflow_compat.nodes import (
    DagCycleError,
    DuplicateTaskIdFound,
    Node,
)
from airflow_compat.objects import NoConversionError
from airflow_compat.rules import (
    Upstream,
    decide,
)
from airflow_compat.run import (
    AirflowRun,
    airflow_run,
)
from airflow_compat.variables import Variable
from airflow_compat.xcom import TaskInstance

__all__ = [
    "AirflowException",
    "AirflowFailException",
    "AirflowRun",
    "AirflowSensorTimeout",
    "AirflowSkipException",
    "DagCycleError",
    "DuplicateTaskIdFound",
    "NoConversionError",
    "Node",
    "TaskGraph",
    "TaskInstance",
    "Upstream",
    "Variable",
    "XComNotFound",
    "airflow_run",
    "bash",
    "days_ago",
    "decide",
    "get_current_context",
    "on_execute",
    "on_failure",
    "on_skipped",
    "on_success",
    "retry_unless_final",
    "skips",
    "template",
]
