"""`BaseSensorOperator`: asks again until a condition holds; the waiting is simulated.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/sensors.html; what the
options do to errors and timeouts was observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from daglight.events import Waited
from daglight.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowRescheduleException,
    AirflowSensorTimeout,
    AirflowSkipException,
    AirflowTaskTimeout,
)
from daglight.operator import BaseOperator
from daglight.scope import scope

__all__ = ["BaseSensorOperator", "PokeReturnValue", "now_of", "poke_mode_only"]

_WEEK = 7 * 24 * 60 * 60.0


class PokeReturnValue:
    """Whether the condition holds, and what to push when it does."""

    def __init__(self, is_done: bool, xcom_value: Any = None) -> None:
        self.is_done, self.xcom_value = is_done, xcom_value

    def __bool__(self) -> bool:
        return self.is_done


class BaseSensorOperator(BaseOperator):
    """For users to subclass: `poke(context)` says whether to wait on."""

    ui_color = "#e6f1f2"
    valid_modes = ("poke", "reschedule")

    def __init__(
        self,
        *,
        poke_interval: timedelta | float = 60,
        timeout: timedelta | float | None = None,
        soft_fail: bool = False,
        mode: str = "poke",
        exponential_backoff: bool = False,
        max_wait: timedelta | float | None = None,
        silent_fail: bool = False,
        never_fail: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.poke_interval = _seconds("poke_interval", poke_interval)
        self.timeout = _WEEK if timeout is None else _seconds("timeout", timeout)
        self.max_wait = None if max_wait is None else _seconds("max_wait", max_wait)
        self.soft_fail, self.never_fail, self.silent_fail = soft_fail, never_fail, silent_fail
        self.mode, self.exponential_backoff = mode, exponential_backoff
        self._check()

    def _check(self) -> None:
        if self.soft_fail and self.never_fail:
            raise ValueError(
                "soft_fail and never_fail are mutually exclusive, you can not provide both."
            )
        if self.mode not in self.valid_modes:
            where = f"{self.dag.dag_id if self.dag else ''} .{self.task_id}"
            raise _refusal()(
                f"The mode must be one of {list(self.valid_modes)},'{where}'; "
                f"received '{self.mode}'."
            )

    @property
    def reschedule(self) -> bool:
        """Whether it gives its place up between two pokes."""
        return self.mode == "reschedule"

    def poke(self, context: Any) -> Any:  # noqa: ARG002 - Airflow's signature
        """Whether the condition holds; for subclasses."""
        raise AirflowException("Override me.")

    def execute(self, context: Any) -> Any:
        """Poke until it holds; AirflowSensorTimeout when that takes longer than `timeout`."""
        ti = context["ti"]
        clock = ti.record.clock
        began = ti.first_poke if self.reschedule else None
        began = clock.elapsed if began is None else began
        ti.first_poke = began
        count = 1
        while True:
            found = self._poke(context)
            if found:
                return found.xcom_value if isinstance(found, PokeReturnValue) else None
            self._check_time(clock.elapsed - began)
            seconds = self._interval(clock, began, count)
            self._wait(ti, seconds)
            count += 1

    def _poke(self, context: Any) -> Any:
        try:
            return self.poke(context)
        except (AirflowSensorTimeout, AirflowTaskTimeout, AirflowFailException) as error:
            if self.soft_fail:
                raise AirflowSkipException("Skipping due to soft_fail is set to True.") from error
            if self.never_fail:
                raise AirflowSkipException("Skipping due to never_fail is set to True.") from error
            raise
        except AirflowSkipException:
            raise
        except Exception as error:
            if self.silent_fail:
                self.log.exception("Sensor poke failed")
                return False
            if self.never_fail:
                raise AirflowSkipException("Skipping due to never_fail is set to True.") from error
            raise

    def _check_time(self, passed: float) -> None:
        if passed >= self.timeout:  # on a real clock, some time has always passed
            message = (
                f"Sensor has timed out; run duration of {passed} seconds exceeds "
                f"the specified timeout of {self.timeout}."
            )
            raise (AirflowSkipException if self.soft_fail else AirflowSensorTimeout)(message)

    def _wait(self, ti: Any, seconds: float) -> None:
        ti.tell(Waited(ti.task_id, seconds, self.reschedule, map_index=ti.map_index))
        if self.reschedule:
            ti.wait = seconds
            raise AirflowRescheduleException(ti.record.clock.now() + timedelta(seconds=seconds))
        ti.record.clock.sleep(seconds)

    def _interval(self, clock: Any, began: float, count: int) -> float:
        """Seconds to the next poke; the spread of the exponential form is a hash, as for retries.

        Airflow hashes the moment of the start, so its numbers differ from run to run.
        """
        if not self.exponential_backoff:
            return self.poke_interval
        passed = clock.elapsed - began
        if self.reschedule:
            count = self._estimated_count(began, passed)
        found = min(self.timeout - int(passed), self._backoff(began, count))
        return found if self.max_wait is None else min(self.max_wait, found)

    def _estimated_count(self, began: float, passed: float) -> int:
        count, total = 0, 0.0
        while total <= passed:
            count += 1
            total += self._backoff(began, count)
        return count

    def _backoff(self, began: float, count: int) -> float:
        least = max(int(self.poke_interval * 2.0 ** (count - 2)), 1)
        text = f"{self.dag_id}#{self.task_id}#{began}#{count}"
        digest = int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16)
        return float(least + digest % least)


def poke_mode_only(cls: type[BaseSensorOperator]) -> type[BaseSensorOperator]:
    """A class of sensors that refuses every mode but `poke`."""

    def refuse(_: Any, value: str) -> None:
        if value != "poke":
            raise ValueError(f"Cannot set mode to '{value}'. Only 'poke' is acceptable")

    if not issubclass(cls, BaseSensorOperator):
        raise ValueError(
            "poke_mode_only decorator should only be applied to subclasses of "
            f"BaseSensorOperator, got:{cls}."
        )
    cls.mode = property(lambda _: "poke", refuse)  # type: ignore[assignment]
    return cls


def now_of(context: Any) -> datetime:
    """The moment it is on the simulated clock of the run."""
    moment: datetime = context["ti"].record.clock.now()
    return moment


def _seconds(name: str, value: Any) -> float:
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, (int, float)) and value >= 0:
        return value
    raise _refusal()(f"Operator arg `{name}` must be timedelta object or a non-negative number")


def _refusal() -> type[Exception]:
    return ValueError if scope.airflow_3 else AirflowException
