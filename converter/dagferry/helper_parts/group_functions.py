"""`task_group`: functions whose tasks stand in a group."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from airflow_compat.groups import TaskGroup

__all__ = ["task_group"]


def task_group(function: Callable[..., Any] | None = None, /, **options: Any) -> Any:
    """`@task_group`: each call makes a group of what the function makes.

    It gives what the function returns, or else the group. The function's name is the
    group's id, unless `group_id` says another; a taken id is numbered.
    https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#taskgroups
    """
    if function is None:
        return functools.partial(task_group, **options)

    @functools.wraps(function)
    def grouped(*args: Any, **kwargs: Any) -> Any:
        named = {"group_id": function.__name__, **options}
        with TaskGroup(**named, add_suffix_on_collision=True) as group:
            found = function(*args, **kwargs)
        return group if found is None else found

    return grouped
