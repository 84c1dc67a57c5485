"""`execution_timeout`: ends a body that takes too long, in real time.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html#timeouts
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType

from daglight.errors import NotSupported
from daglight.exceptions import AirflowTaskTimeout

__all__ = ["time_limit"]


@contextmanager
def time_limit(limit: timedelta | None) -> Iterator[None]:
    """AirflowTaskTimeout inside the block when the limit has passed."""
    if limit is None:
        yield
        return
    if limit.total_seconds() <= 0:
        raise AirflowTaskTimeout("Timeout")
    if threading.current_thread() is not threading.main_thread():
        raise NotSupported("execution_timeout outside of the main thread")
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, limit.total_seconds())
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(_: int, __: FrameType | None) -> None:
    raise AirflowTaskTimeout("Timeout")
