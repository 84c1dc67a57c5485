"""Sensors: operators that ask again until a condition holds.

https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/sensors.html
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from airflow_compat.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowSensorTimeout,
    AirflowSkipException,
)
from airflow_compat.operators import BaseOperator
from airflow_compat.options import seconds
from airflow_compat.python_operator import called_with

__all__ = [
    "BaseSensorOperator",
    "PokeReturnValue",
    "PythonSensor",
]

WEEK = 7 * 24 * 60 * 60.0
# Set to "simulated" where runs are only compared: `dagferry verify` does. Nearly all of
# the time between two pokes is then taken for past.
CLOCK = "AIRFLOW_COMPAT_CLOCK"
SHORT = 0.05


class PokeReturnValue:
    """Whether the condition holds, and what the sensor returns when it does."""

    def __init__(self, is_done: bool, xcom_value: Any = None) -> None:
        self.is_done = is_done
        self.xcom_value = xcom_value

    def __bool__(self) -> bool:
        return self.is_done


class BaseSensorOperator(BaseOperator):
    """For subclasses: `poke(context)` says whether the condition holds.

    All pokes happen in one Prefect task run, in both modes: between two of them it
    waits. A further try of the task has its own `timeout`, unless `mode` is
    "reschedule": there, as in Airflow, all tries share one.
    """

    def __init__(
        self,
        *,
        poke_interval: timedelta | float = 60,
        timeout: timedelta | float | None = WEEK,
        soft_fail: bool = False,
        mode: str = "poke",
        exponential_backoff: bool = False,
        max_wait: timedelta | float | None = None,
        silent_fail: bool = False,
        never_fail: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if soft_fail and never_fail:
            raise ValueError("soft_fail and never_fail are mutually exclusive")
        if mode not in ("poke", "reschedule"):
            raise ValueError(f"mode: expected 'poke' or 'reschedule', found {mode!r}")
        self.poke_interval = waiting_time("poke_interval", poke_interval)
        self.timeout = waiting_time("timeout", WEEK if timeout is None else timeout)
        self.soft_fail = soft_fail
        self.mode = mode
        self.exponential_backoff = exponential_backoff
        self.max_wait = seconds(max_wait)
        self.silent_fail = silent_fail
        self.never_fail = never_fail
        # Shared by all copies of the operator: the moment of the first poke, and the
        # time that was not waited for.
        self._began: list[float] = []
        self._not_waited: list[float] = []

    def poke(self, context: Any) -> Any:
        """Whether the condition holds: a bool or a PokeReturnValue."""
        raise AirflowException("Override me.")

    def execute(self, context: Any) -> Any:
        """Poke until the condition holds. Raises AirflowSensorTimeout."""
        if self.mode == "poke":
            self._began.clear()
            self._not_waited.clear()
        self._began.append(time.monotonic())
        began, count = self._began[0], 1
        while not (found := self._poked(context)):
            passed = time.monotonic() - began + sum(self._not_waited)
            if passed > self.timeout:
                self._give_up(passed)
            self._wait(self._interval(began, passed, count))
            count += 1
        return found.xcom_value if isinstance(found, PokeReturnValue) else None

    def _wait(self, interval: float) -> None:
        if os.environ.get(CLOCK) == "simulated" and interval > SHORT:
            self._not_waited.append(interval - SHORT)
            interval = SHORT
        time.sleep(interval)

    def _poked(self, context: Any) -> Any:
        try:
            return self.poke(context)
        except AirflowSkipException:
            raise
        except (AirflowSensorTimeout, AirflowFailException) as error:
            if self.soft_fail or self.never_fail:
                raise AirflowSkipException("Skipping due to a failed poke") from error
            raise
        except Exception as error:
            if self.silent_fail:
                self.log.exception("Sensor poke failed")
                return False
            if self.never_fail:
                raise AirflowSkipException("Skipping due to a failed poke") from error
            raise

    def _give_up(self, passed: float) -> None:
        message = (
            f"Sensor has timed out; run duration of {passed} seconds exceeds"
            f" the specified timeout of {self.timeout}."
        )
        raise (AirflowSkipException if self.soft_fail else AirflowSensorTimeout)(
            message
        )

    def _interval(self, began: float, passed: float, count: int) -> float:
        """Seconds to the next poke; where they grow, a hash spreads them."""
        if not self.exponential_backoff:
            return self.poke_interval
        least = max(int(self.poke_interval * 2.0 ** (count - 2)), 1)
        text = f"{self.dag_id}#{self.task_id}#{began}#{count}"
        spread = int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16)
        wait = min(self.timeout - int(passed), float(least + spread % least))
        return max(0.0, wait if self.max_wait is None else min(self.max_wait, wait))


class PythonSensor(BaseSensorOperator):
    """Asks a function, which gets its arguments and what it names of the context."""

    template_fields: ClassVar[Sequence[str]] = (
        "templates_dict",
        "op_args",
        "op_kwargs",
    )

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        op_args: Sequence[Any] | None = None,
        op_kwargs: Mapping[str, Any] | None = None,
        templates_dict: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.python_callable = python_callable
        self.op_args = op_args or []
        self.op_kwargs = op_kwargs or {}
        self.templates_dict = templates_dict

    def poke(self, context: Any) -> PokeReturnValue:
        """What the function says."""
        given = {**context, **self.op_kwargs, "templates_dict": self.templates_dict}
        self.op_kwargs = called_with(self, given)
        found = self.python_callable(*self.op_args, **self.op_kwargs)
        return (
            found
            if isinstance(found, PokeReturnValue)
            else PokeReturnValue(bool(found))
        )


def waiting_time(name: str, value: timedelta | float) -> float:
    """A time in seconds. Raises ValueError for a negative one and for anything else."""
    found = seconds(value)
    if not isinstance(found, (int, float)) or found < 0:
        raise ValueError(f"{name}: expected a timedelta or seconds, found {value!r}")
    return found
