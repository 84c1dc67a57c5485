"""How long to wait before the next try.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html; the spread
of the exponential form is a hash of what identifies the try, observed in Airflow 2.11.2, so it is
the same in every run.
"""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING

from daglight.scope import scope

if TYPE_CHECKING:
    from daglight.operator import BaseOperator

__all__ = ["delay_after"]

_LONGEST = 24 * 60 * 60


def delay_after(task: BaseOperator, try_number: int, logical_date: datetime) -> float:
    """Seconds between the failure of this try and the next."""
    seconds = task.retry_delay.total_seconds()
    if not task.retry_exponential_backoff:
        return seconds
    factor = _factor(task)
    if factor == 1.0:
        return seconds
    least = max(math.ceil(seconds * factor ** (try_number - 1)), 1)
    digest = _spread(f"{task.dag_id}#{task.task_id}#{logical_date}#{try_number}")
    delay = min(least + digest % least, _LONGEST)
    longest = task.max_retry_delay
    return float(delay if longest is None else min(delay, longest.total_seconds()))


def _factor(task: BaseOperator) -> float:
    """Airflow 2.11.2 doubles whatever the number is; Airflow 3.3.2 takes it as the factor."""
    backoff: object = task.retry_exponential_backoff
    if backoff is True or not scope.airflow_3:
        return 2.0
    return float(task.retry_exponential_backoff)


def _spread(text: str) -> int:
    import hashlib  # slow to import: it brings OpenSSL

    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16)
