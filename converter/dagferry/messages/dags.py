"""Findings about DAGs: schedules, arguments, limits, deployments."""

from __future__ import annotations

from collections.abc import Mapping

from dagferry.findings import ADVISORY
from dagferry.messages.kinds import Kind

DAGS: Mapping[str, Kind] = {
    "schedule of computed ids": Kind(
        code="DF203",
        message=(
            "no deployment can hold the schedule, limits and tags of `{dag_id}`, whose id is computed"
        ),
        cause="the schedule of DAGs whose ids are computed",
        hint="write a deployment with its schedule for each of its flows in prefect.yaml",
        samples=({"dag_id": "etl_{name}"},),
    ),
    "no deployment": Kind(
        code="DF211",
        message="no deployment for `{dag_id}`: only a run knows its id, or no name holds its flow",
        cause="DAGs that get no deployment",
        hint="write a deployment for each of its flows in prefect.yaml",
        samples=({"dag_id": "etl_{name}"},),
    ),
    "task graph": Kind(
        code="DF502",
        message="`{dag_id}` is written as a TaskGraph: {reason}",
        cause="flows written as a TaskGraph",
        severity=ADVISORY,
        samples=({"dag_id": "etl", "reason": "it has the trigger rule all_done"},),
    ),
    "DAG that nothing makes": Kind(
        code="DF112",
        message=(
            "nothing in the folder is seen to make this DAG: its graph is not known, and it gets no"
            " deployment for its schedule, limits and tags"
        ),
        cause="DAGs that nothing in the folder is seen to make",
    ),
    "start date": Kind(
        code="DF201",
        message="`start_date` was left out: a deployment starts when it is deployed",
        cause="`start_date`",
        severity=ADVISORY,
    ),
    "catching up": Kind(
        code="DF202",
        message="Airflow catches up with every run since `start_date`; a deployment does not",
        cause="DAGs that catch up",
        hint="run the flow once for each missing `logical_date`, or set catchup=False",
    ),
    "schedule": Kind(
        code="DF203",
        message="the schedule `{schedule}` has no conversion",
        cause="the schedule `{schedule}`",
        hint="give the deployment in prefect.yaml its own schedule or automation",
        samples=({"schedule": "[orders]"}, {"schedule": "timetable_of(name)"}),
    ),
    "time zone": Kind(
        code="DF204",
        message=(
            "the time zone of `start_date` cannot be read: the deployment has no schedule, and the"
            " dates in the flow are those of a run by hand"
        ),
        cause="a time zone of `start_date` that cannot be read",
        hint="give the deployment in prefect.yaml its schedule, in the time zone of the DAG",
    ),
    "clock change": Kind(
        code="DF212",
        message=(
            "the schedule has times that a change of the clock in {zone} leaves out or shows twice: a"
            " deployment starts then when Airflow does not"
        ),
        cause="runs at changes of the clock",
        hint="move the schedule to a time of the day that is not changed, or run it in UTC",
        samples=({"zone": "Europe/Berlin"},),
    ),
    "once": Kind(
        code="DF205",
        message="`@once`: run the deployment once by hand; it has no schedule",
        cause="the schedule `@once`",
        severity=ADVISORY,
    ),
    "description of a DAG": Kind(
        code="DF206",
        message="`{argument}` has no counterpart in the flow and was left out",
        cause="the DAG argument `{argument}`",
        severity=ADVISORY,
        samples=({"argument": "owner_links"}, {"argument": "dag.doc_md"}),
    ),
    "computed description": Kind(
        code="DF206",
        message="the value of `{argument}` is computed: set it in prefect.yaml",
        cause="`{argument}` that is computed",
        severity=ADVISORY,
        samples=({"argument": "tags"}, {"argument": "description"}),
    ),
    "defaults without a counterpart": Kind(
        code="DF206",
        message="left out of `default_args`, without a counterpart: {names}",
        cause="entries of `default_args` without a counterpart",
        severity=ADVISORY,
        samples=({"names": "`owner`"}, {"names": "`owner`, `email`"}),
    ),
    "argument of a DAG": Kind(
        code="DF207",
        message="the DAG argument `{argument}` has no conversion",
        cause="the DAG argument `{argument}`",
        samples=({"argument": "sla_miss_callback"}, {"argument": "fail_fast"}),
    ),
    "computed argument of a DAG": Kind(
        code="DF207",
        message="the value of `{argument}` is computed and was left out",
        cause="`{argument}` of a DAG, which is computed",
        samples=({"argument": "doc_md"}, {"argument": "dagrun_timeout"}),
    ),
    "callback of a DAG": Kind(
        code="DF207",
        message="the `{argument}` that another module or a function names was left out",
        cause="`{argument}` of a DAG, named by another module or a function",
        samples=({"argument": "on_failure_callback"},),
    ),
    "spread arguments of a DAG": Kind(
        code="DF207",
        message="arguments of the DAG that only a run knows were left out",
        cause="arguments of DAGs that only a run knows",
    ),
    "validation of a param": Kind(
        code="DF208",
        message="the validation of the param `{param}` was left out",
        cause="the validation of params",
        samples=({"param": "day"},),
    ),
    "limit": Kind(
        code="DF209",
        message="the limit `{argument}` was left out",
        cause="the limit `{argument}`",
        samples=({"argument": "pool"}, {"argument": "max_active_tasks"}),
    ),
    "limit in defaults": Kind(
        code="DF209",
        message="the limit `{argument}` of `default_args` was left out",
        cause="the limit `{argument}`",
        samples=({"argument": "pool"}, {"argument": "end_date"}),
    ),
    "computed limit": Kind(
        code="DF209",
        message="the value of `{argument}` is computed: set it in prefect.yaml",
        cause="`{argument}` that is computed",
        samples=({"argument": "max_active_runs"},),
    ),
    "unread defaults": Kind(
        code="DF305",
        message="`default_args` cannot be read: its tasks are stubs that raise",
        cause="`default_args` that cannot be read",
    ),
}
