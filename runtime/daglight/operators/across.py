"""Operators that look at other DAGs: `TriggerDagRunOperator`, `ExternalTaskSensor` and its marker.

A run of one DAG has no others beside it: what would be asked of them is recorded, not executed.
Rules: https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/trigger_dag_run.html
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, ClassVar

from daglight.calls import record_call
from daglight.clock import parse
from daglight.errors import NotSupported
from daglight.exceptions import AirflowException
from daglight.not_set import NOTSET
from daglight.operator import BaseOperator
from daglight.operators.empty import EmptyOperator
from daglight.scope import scope

#: Observed in Airflow 3.3.2: the address of the other run is an XCom, of a failed task too.
_LINK = "_link_TriggerDagRunLink"

__all__ = ["ExternalTaskMarker", "ExternalTaskSensor", "TriggerDagRunOperator"]


class TriggerDagRunOperator(BaseOperator):
    """Asks for a run of another DAG; its id is the XCom `trigger_run_id`."""

    template_fields: ClassVar[Sequence[str]] = (
        "trigger_dag_id",
        "trigger_run_id",
        "logical_date",
        "conf",
        "wait_for_completion",
        "skip_when_already_exists",
    )

    def __init__(
        self,
        *,
        trigger_dag_id: str,
        trigger_run_id: str | None = None,
        conf: dict[str, Any] | None = None,
        logical_date: Any = NOTSET,
        execution_date: str | datetime | None = None,
        reset_dag_run: bool = False,
        wait_for_completion: bool = False,
        poke_interval: int = 60,
        allowed_states: Sequence[str] | None = None,
        failed_states: Sequence[str] | None = None,
        skip_when_already_exists: bool = False,
        deferrable: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.trigger_dag_id, self.trigger_run_id, self.conf = trigger_dag_id, trigger_run_id, conf
        if scope.airflow_3:
            self.logical_date = logical_date
        else:
            self.logical_date = _checked_date(
                execution_date if logical_date is NOTSET else logical_date
            )
        self.reset_dag_run, self.wait_for_completion = reset_dag_run, wait_for_completion
        self.poke_interval, self.deferrable = poke_interval, deferrable
        self.allowed_states, self.failed_states = allowed_states, failed_states
        self.skip_when_already_exists = skip_when_already_exists

    def execute(self, context: Any) -> Any:
        """Record the run that is asked for; NotSupported when its end is waited for."""
        ti = context["ti"]
        try:
            return self._ask(ti)
        finally:
            if scope.airflow_3:
                run_id = ti.xcom_pull(task_ids=ti.task_id, key="trigger_run_id")
                ti.xcom_push(_LINK, f"/dags/{self.trigger_dag_id}/runs/{run_id}")

    def _ask(self, ti: Any) -> Any:
        self._check_conf()
        if self.wait_for_completion:
            raise NotSupported("TriggerDagRunOperator(wait_for_completion=True)")
        moment = _moment(_checked_date(self.logical_date)) or ti.record.now
        run_id = self.trigger_run_id or f"manual__{moment.isoformat()}"
        asked = {"dag_id": self.trigger_dag_id, "run_id": run_id, "conf": self.conf or {}}
        found = record_call("TriggerDagRunOperator", "execute", asked, task_too=True)
        if not scope.airflow_3:
            ti.xcom_push("trigger_logical_date_iso", moment.isoformat())
        ti.xcom_push("trigger_run_id", run_id)
        return found

    def _check_conf(self) -> None:
        try:
            json.dumps(self.conf)
        except TypeError:
            raise (ValueError if scope.airflow_3 else AirflowException)(
                "conf parameter should be JSON Serializable"
            ) from None


class ExternalTaskSensor(BaseOperator):
    """Waits for tasks of another DAG; here they are taken to have succeeded, which is recorded."""

    template_fields: ClassVar[Sequence[str]] = (
        "external_dag_id",
        "external_task_id",
        "external_task_ids",
        "external_task_group_id",
    )

    def __init__(
        self,
        *,
        external_dag_id: str,
        external_task_id: str | None = None,
        external_task_ids: Collection[str] | None = None,
        external_task_group_id: str | None = None,
        **kwargs: Any,
    ) -> None:
        self.given = {name: kwargs.pop(name) for name in _SENSOR_OPTIONS if name in kwargs}
        super().__init__(**kwargs)
        if external_task_id is not None and external_task_ids is not None:
            raise ValueError(
                "Only one of `external_task_id` or `external_task_ids` may be provided to "
                "ExternalTaskSensor; use external_task_id or external_task_ids or external_task_group_id."
            )
        self.external_dag_id = external_dag_id
        self.external_task_id = external_task_id
        self.external_task_ids = external_task_ids or (
            [external_task_id] if external_task_id else None
        )
        self.external_task_group_id = external_task_group_id

    def execute(self, context: Any) -> Any:  # noqa: ARG002 - Airflow's signature
        """Record what is waited for."""
        asked = {name: getattr(self, name) for name in self.template_fields}
        return record_call("ExternalTaskSensor", "execute", asked, task_too=True)


class ExternalTaskMarker(EmptyOperator):
    """Says that a task of another DAG depends on this one; running it does nothing."""

    template_fields: ClassVar[Sequence[str]] = (
        "external_dag_id",
        "external_task_id",
        "logical_date",
    )

    def __init__(
        self,
        *,
        external_dag_id: str,
        external_task_id: str,
        logical_date: str | datetime | None = "{{ logical_date.isoformat() }}",
        execution_date: str | datetime | None = None,
        recursion_depth: int = 10,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.external_dag_id, self.external_task_id = external_dag_id, external_task_id
        self.recursion_depth = recursion_depth
        self.logical_date = self.execution_date = execution_date or logical_date
        if not scope.airflow_3:  # observed in Airflow 2.11.2
            self.template_fields = (*self.template_fields[:2], "execution_date")  # type: ignore[misc]


_SENSOR_OPTIONS = (
    "allowed_states", "skipped_states", "failed_states", "execution_delta", "execution_date_fn",
    "check_existence", "poll_interval", "deferrable", "poke_interval", "timeout", "soft_fail",
    "mode", "exponential_backoff", "max_wait", "silent_fail", "never_fail",
)  # fmt: skip


def _checked_date(value: Any) -> Any:
    if value is None or value is NOTSET or isinstance(value, (str, datetime)):
        return None if value is NOTSET else value
    raise TypeError(
        "Expected str or datetime.datetime type for parameter 'logical_date'. "
        f"Got {type(value).__name__}"
    )


def _moment(value: str | datetime | None) -> datetime | None:
    return parse(value) if isinstance(value, str) else value
