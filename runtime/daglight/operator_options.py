"""The options of every operator that stand in its class, as long as nobody gives another value.

Every task would hold the same ones; a class of the user's that has something else by such a name is
told apart (`redefined`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

__all__ = ["CHECKS", "OPTIONS", "redefined", "with_options"]

#: Keyword -> default, of everything that daglight keeps but does not act on.
_IGNORED: dict[str, Any] = {
    "owner": "airflow",
    "email": None,
    "email_on_retry": True,
    "email_on_failure": True,
    "depends_on_past": False,
    "ignore_first_depends_on_past": True,
    "wait_for_past_depends_before_skipping": False,
    "wait_for_downstream": False,
    "priority_weight": 1,
    "weight_rule": "downstream",
    "queue": "default",
    "pool": "default_pool",
    "pool_slots": 1,
    "sla": None,
    "resources": None,
    "run_as_user": None,
    "task_concurrency": None,
    "map_index_template": None,
    "max_active_tis_per_dag": None,
    "max_active_tis_per_dagrun": None,
    "executor": None,
    "executor_config": None,
    "inlets": None,
    "outlets": None,
    "doc": None,
    "doc_md": None,
    "doc_json": None,
    "doc_yaml": None,
    "doc_rst": None,
    "task_display_name": None,
    "logger_name": None,
    "allow_nested_operators": True,
    "render_template_as_native_obj": None,
    "retry_policy": None,
}
_HEEDED: dict[str, Any] = {
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
}
#: Keyword -> default.
OPTIONS: dict[str, Any] = {**_HEEDED, **_IGNORED}


def redefined(kind: type, base: type) -> tuple[str, ...]:
    """The options that a class between the task's and the base has something else for."""
    nearer = kind.__mro__[: kind.__mro__.index(base)]
    return tuple(name for name in OPTIONS if any(name in vars(one) for one in nearer))


def with_options(init: Callable[..., Any]) -> inspect.Signature:
    """The signature of an `__init__` with every option in place of its last parameter."""
    own = inspect.signature(init).parameters.values()
    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default)
        for name, default in OPTIONS.items()
    ]
    return inspect.Signature([*list(own)[:-1], *options, list(own)[-1]])


def _as_count(value: Any) -> int:
    return int(value or 0)


def _as_delta(value: timedelta | float) -> timedelta:
    return value if isinstance(value, timedelta) else timedelta(seconds=value)


def _as_limit(value: timedelta | float | None) -> timedelta | None:
    return None if value is None else _as_delta(value)


def _checked_timeout(value: Any) -> Any:
    if value is not None and not isinstance(value, timedelta):
        raise ValueError(
            f"execution_timeout must be timedelta object but passed as type: {type(value)}"
        )
    return value


#: How a given value is taken; any other is kept as it is.
CHECKS: dict[str, Callable[[Any], Any]] = {
    "retries": _as_count,
    "retry_delay": _as_delta,
    "max_retry_delay": _as_limit,
    "execution_timeout": _checked_timeout,
}
