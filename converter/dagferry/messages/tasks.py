"""Findings about tasks that are converted, and of which something was left out."""

from __future__ import annotations

from collections.abc import Mapping

from dagferry.findings import ADVISORY
from dagferry.messages.kinds import Kind

TASKS: Mapping[str, Kind] = {
    "description of a task": Kind(
        code="DF302",
        message="`{argument}` has no counterpart in the flow and was left out",
        cause="the task argument `{argument}`",
        severity=ADVISORY,
        samples=({"argument": "owner"}, {"argument": "load.doc_md"}),
    ),
    "recorded operator": Kind(
        code="DF710",
        message="no conversion for {name}: the flow keeps its call, and the task raises",
        cause="{name}",
        samples=({"name": "SnowflakeOperator"},),
    ),
    "call by class": Kind(
        code="DF308",
        message="the call keeps its spelling because of {reason}",
        cause="calls that keep their spelling",
        severity=ADVISORY,
        samples=({"reason": "the value of `retries`"}, {"reason": "`params` that are computed"}),
    ),
    "sensor that waits": Kind(
        code="DF302",
        message="`mode`: between two pokes the flow's task waits, and keeps its slot",
        cause="`mode` of sensors",
        severity=ADVISORY,
    ),
    "rescheduled sensor": Kind(
        code="DF307",
        message=(
            "`{argument}` with `mode='reschedule'`: in Airflow it is about every poke by itself, in"
            " the flow about all of them together"
        ),
        cause="`{argument}` with `mode='reschedule'`",
        samples=({"argument": "execution_timeout"}, {"argument": "on_execute_callback"}),
    ),
    "look of a group": Kind(
        code="DF302",
        message="`{argument}` of a task group is shown nowhere",
        cause="`{argument}` of task groups",
        severity=ADVISORY,
        samples=({"argument": "tooltip"}, {"argument": "ui_color"}),
    ),
    "limit in defaults of a group": Kind(
        code="DF209",
        message="the limit `{argument}` of a task group's `default_args` was left out",
        cause="the limit `{argument}`",
        samples=({"argument": "pool"},),
    ),
    "description in defaults of a group": Kind(
        code="DF302",
        message="`{argument}` of a task group's `default_args` has no counterpart",
        cause="`{argument}` of task groups",
        severity=ADVISORY,
        samples=({"argument": "owner"},),
    ),
    "own dates": Kind(
        code="DF302",
        message="the task's own `{argument}` was left out: the flow runs it in every run",
        cause="`{argument}` of a task",
        severity=ADVISORY,
        samples=({"argument": "start_date"}, {"argument": "end_date"}),
    ),
    "growing delays": Kind(
        code="DF307",
        message=(
            "`retry_exponential_backoff`: Airflow adds to each delay up to as much again, by a hash of"
            " the task and its date; the flow waits for the shortest of them"
        ),
        cause="`retry_exponential_backoff`",
    ),
    "run before": Kind(
        code="DF307",
        message=(
            "`{argument}`: Airflow holds the task back by its state in the run before; the flow does not"
        ),
        cause="`{argument}`",
        samples=({"argument": "depends_on_past"}, {"argument": "wait_for_downstream"}),
    ),
    "unread annotation": Kind(
        code="DF415",
        message=(
            "`multiple_outputs`: whether the return annotation is a mapping cannot be read; it is"
            " taken for none"
        ),
        cause="return annotations that cannot be read",
        hint="write `multiple_outputs=True` or `multiple_outputs=False`",
        severity=ADVISORY,
    ),
    "task function called directly": Kind(
        code="DF601",
        message="`{function}.function` has no conversion: `{function}` takes the context",
        cause="`.function` of a task that takes the context",
        samples=({"function": "load"},),
    ),
}
