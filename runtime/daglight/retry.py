"""How long to wait before the next try.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html; the spread
of the exponential form is a hash of what identifies the try, observed in Airflow 2.11.2, so it is
the same in every run.
"""

from __future__ import annotations

import hashlib
import math
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daglight.operator import BaseOperator

__all__ = ["delay_after"]

_LONGEST = 24 * 60 * 60


def delay_after(task: BaseOperator, try_number: int, logical_date: datetime) -> float:
    """Seconds between the failure of this try and the next."""
    seconds = task.retry_delay.total_seconds()
    if not task.retry_exponential_backoff:
        return seconds
    backoff: object = task.retry_exponential_backoff
    factor = 2.0 if backoff is True else float(task.retry_exponential_backoff)
    least = max(math.ceil(seconds * factor ** (try_number - 1)), 1)
    digest = _spread(f"{task.dag_id}#{task.task_id}#{logical_date}#{try_number}")
    delay = min(least + digest % least, _LONGEST)
    longest = task.max_retry_delay
    return float(delay if longest is None else min(delay, longest.total_seconds()))


def _spread(text: str) -> int:
    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16)
