"""The arguments that every operator of Airflow takes, and what they mean in a flow."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

__all__: list[str] = []

# Argument -> default, of those that mean something in a flow.
OPTIONS: dict[str, Any] = {
    "retries": 0,
    "retry_delay": timedelta(seconds=300),
    "retry_exponential_backoff": False,
    "max_retry_delay": None,
    "execution_timeout": None,
    "on_execute_callback": None,
    "on_failure_callback": None,
    "on_success_callback": None,
    "on_retry_callback": None,
    "on_skipped_callback": None,
    "do_xcom_push": True,
    "multiple_outputs": False,
    "task_display_name": None,
    "map_index_template": None,
}
# Arguments that only describe a task, or say where and when Airflow's scheduler starts it.
WITHOUT_EFFECT = frozenset(
    {
        "doc",
        "doc_json",
        "doc_md",
        "doc_rst",
        "doc_yaml",
        "email",
        "email_on_failure",
        "email_on_retry",
        "executor",
        "executor_config",
        "ignore_first_depends_on_past",
        "inlets",
        "logger_name",
        "owner",
        "priority_weight",
        "queue",
        "resources",
        "run_as_user",
        "sla",
        "start_date",
        "weight_rule",
    }
)
# Argument -> default, of those without which a flow would do otherwise: they may have
# the default, or be named in `TaskGraph(ignored_arguments=...)`.
WITHOUT_MEANING: dict[str, Any] = {
    "end_date": None,
    "depends_on_past": False,
    "wait_for_past_depends_before_skipping": False,
    "wait_for_downstream": False,
    "pool": "default_pool",
    "pool_slots": 1,
    "task_concurrency": None,
    "max_active_tis_per_dag": None,
    "max_active_tis_per_dagrun": None,
    "outlets": None,
    "allow_nested_operators": True,
    "render_template_as_native_obj": None,
    "retry_policy": None,
}
LONGEST_DELAY = 24 * 60 * 60


def read_options(
    where: str,
    given: Mapping[str, Any],
    defaults: Mapping[str, Any],
    ignored: Collection[str],
) -> dict[str, Any]:
    """The value of every option; `default_args` stand behind what was given.

    Raises TypeError for an argument that no operator takes, and for one that would have
    no effect in a flow.
    """
    known = OPTIONS.keys() | WITHOUT_MEANING.keys() | WITHOUT_EFFECT
    inherited = {name: value for name, value in defaults.items() if name in known}
    found = dict(OPTIONS)
    for name, value in {**inherited, **given}.items():
        if name in OPTIONS:
            found[name] = value
        elif name not in known:
            raise TypeError(f"{where} takes no argument {name!r}")
        elif name in WITHOUT_EFFECT or name in ignored:
            continue
        elif value != WITHOUT_MEANING[name]:
            raise TypeError(
                f"{where}: the argument {name!r} has no effect in a flow. Leave it out, or"
                f" name it: TaskGraph(ignored_arguments=[{name!r}])"
            )
    return found


def seconds(value: timedelta | float | None) -> float | None:
    """A time as a number of seconds; None stays None."""
    return value.total_seconds() if isinstance(value, timedelta) else value


def delays(
    options: Mapping[str, Any],
    airflow: int,
    dag_id: str,
    task_id: str,
    logical_date: datetime,
) -> float | list[float]:
    """The seconds before each further try (`TaskInstance.next_retry_datetime`).

    Where they grow, the spread between tasks is a hash of what identifies the try.
    """
    delay = seconds(options["retry_delay"]) or 0.0
    backoff = options["retry_exponential_backoff"]
    # Airflow 2 doubles whatever the number is; Airflow 3 takes it as the factor.
    factor = 2.0 if backoff is True or airflow == 2 else float(backoff)
    if not backoff or factor == 1.0:
        return delay
    longest = seconds(options["max_retry_delay"])
    found = []
    for number in range(1, int(options["retries"] or 0) + 1):
        least = max(math.ceil(delay * factor ** (number - 1)), 1)
        text = f"{dag_id}#{task_id}#{logical_date}#{number}"
        spread = int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16)
        wait = float(min(least + spread % least, LONGEST_DELAY))
        found.append(wait if longest is None else min(wait, longest))
    return found
