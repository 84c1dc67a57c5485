"""`@task.run_if` and `@task.skip_if`: skip a task by a condition on its context.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html; messages
observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from daglight.exceptions import AirflowSkipException

__all__ = ["condition"]

_DEFAULT = "Task was skipped due to condition."


def condition(name: str, *, run_when: bool) -> Callable[..., Any]:
    """The decorator of that name, which lets the task run when the condition is `run_when`."""

    def decorate(check: Callable[[Any], Any], skip_message: str | None = None) -> Any:
        def apply(task: Any) -> Any:
            if not hasattr(task, "operator_class"):
                raise TypeError(
                    f"{name} can only be used with task. decorate with @task before @{name}."
                )
            first = task.kwargs.get("pre_execute")
            return task.override(pre_execute=_hook(first, check, skip_message, run_when))

        return apply

    return decorate


def _hook(
    first: Callable[[Any], None] | None,
    check: Callable[[Any], Any],
    skip_message: str | None,
    run_when: bool,
) -> Callable[[Any], None]:
    def pre_execute(context: Any) -> None:
        if first is not None:
            first(context)
        found, message = check(context), skip_message or _DEFAULT
        if isinstance(found, tuple):
            found, message = found[0], found[1] or message
        if bool(found) is not run_when:
            raise AirflowSkipException(message)

    return pre_execute
