"""`airflow.exceptions`: the classes that DAG files raise and catch.

Names and bases follow https://airflow.apache.org/docs/apache-
airflow/stable/_api/airflow/exceptions/
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "AirflowBadRequest",
    "AirflowConfigException",
    "AirflowDagCycleException",
    "AirflowDagDuplicatedIdException",
    "AirflowException",
    "AirflowFailException",
    "AirflowNotFoundException",
    "AirflowRescheduleException",
    "AirflowRuntimeError",
    "AirflowSensorTimeout",
    "AirflowSkipException",
    "AirflowTaskTerminated",
    "AirflowTaskTimeout",
    "DagNotFound",
    "DownstreamTasksSkipped",
    "DuplicateTaskIdFound",
    "FailFastDagInvalidTriggerRule",
    "FailStopDagInvalidTriggerRule",
    "ParamValidationError",
    "TaskDeferred",
    "TaskNotFound",
    "UnmappableXComLengthPushed",
    "UnmappableXComTypePushed",
    "XComForMappingNotPushed",
    "XComNotFound",
]


class AirflowException(Exception):  # noqa: N818 - Airflow's name
    """The base of Airflow's own errors, with the status that its web server answers with."""

    status_code: int = 500


class AirflowBadRequest(AirflowException):
    """A request was malformed."""

    status_code = 400


class AirflowConfigException(AirflowException):
    """The configuration is wrong."""


class AirflowRuntimeError(Exception):
    """What Airflow 3 raises in a task that asks for something that is not there."""


class AirflowNotFoundException(AirflowException):
    """The thing asked for does not exist."""

    status_code = 404


class AirflowSkipException(AirflowException):
    """A task body raises it to end as skipped."""


class DownstreamTasksSkipped(AirflowException):
    """Airflow 3 ends a task that skips others with it; the task succeeds."""


class AirflowFailException(AirflowException):
    """A task body raises it to fail without further tries."""


class AirflowSensorTimeout(AirflowException):
    """A sensor waited too long: no further tries."""


class AirflowRescheduleException(AirflowException):
    """A sensor asks to be called again later."""

    def __init__(self, reschedule_date: Any) -> None:
        super().__init__(str(reschedule_date))
        self.reschedule_date = reschedule_date


class AirflowTaskTimeout(BaseException):
    """`execution_timeout` has passed; not an `Exception`, so that bodies do not swallow it."""


class AirflowTaskTerminated(BaseException):
    """The task was ended from outside."""


class AirflowDagCycleException(AirflowException):
    """The edges form a cycle."""


class AirflowDagDuplicatedIdException(AirflowException):
    """Two DAG files define one DAG id."""


class FailStopDagInvalidTriggerRule(AirflowException):
    """A DAG of Airflow 2 with `fail_stop` has a task that goes on after a failure."""

    def __str__(self) -> str:
        return "A 'fail-stop' dag can only have all_success trigger rule"


class FailFastDagInvalidTriggerRule(AirflowException):
    """The same for `fail_fast` of Airflow 3."""

    def __str__(self) -> str:
        return "A 'fail_fast' dag can only have TriggerRule.ALL_SUCCESS trigger rule"


class DuplicateTaskIdFound(AirflowException):
    """Two tasks or groups of one DAG have one id."""


class DagNotFound(AirflowNotFoundException):
    """There is no such DAG."""


class TaskNotFound(AirflowNotFoundException):
    """There is no such task."""


class ParamValidationError(AirflowException):
    """A value does not fit the schema of its `Param`."""


class XComForMappingNotPushed(AirflowException):
    """A task that others are mapped over returned None."""


class UnmappableXComLengthPushed(AirflowException):
    """A task that others are mapped over returned more than they may be mapped over."""


class UnmappableXComTypePushed(AirflowException):
    """A task that others are mapped over returned something that has no elements."""


class XComNotFound(AirflowException):
    """An XComArg names a key that its task did not push."""

    def __init__(self, dag_id: str, task_id: str, key: str) -> None:
        super().__init__()
        self.dag_id, self.task_id, self.key = dag_id, task_id, key

    def __str__(self) -> str:
        where = f'{self.task_id} at {self.dag_id} with key="{self.key}"'
        return f"XComArg result from {where} is not found!"


class TaskDeferred(BaseException):
    """What a body raises to wait for a trigger: refused, there is nothing that triggers."""

    def __init__(self, **_: Any) -> None:
        from daglight.errors import NotSupported

        raise NotSupported("deferring to a trigger (TaskDeferred)")


#: Names that nothing here raises, by what they are made of (recorded from Airflow 2.11.2 and 3.3.2).
_BASES: dict[type[BaseException], str] = {
    AirflowException: (
        "AirflowClearRunningTaskException AirflowClusterPolicyError AirflowClusterPolicySkipDag "
        "AirflowClusterPolicyViolation AirflowDagInconsistent AirflowFileParseException "
        "AirflowInactiveAssetInInletOrOutletException AirflowOptionalProviderFeatureException "
        "AirflowTimetableInvalid AirflowUnsupportedFileTypeException AirflowWebServerTimeout "
        "BackfillUnfinished ConnectionNotUnique DagConcurrencyLimitReached DagRunTriggerException "
        "DagRunTypeNotAllowed FileSyntaxError InvalidStatsNameException NoAvailablePoolSlot "
        "PodMutationHookException PodReconciliationError SerializationError "
        "TaskAlreadyInTaskGroup TaskAlreadyRunningError TaskConcurrencyLimitReached "
        "TaskDeferralError TaskDeferralTimeout UnmappableOperator VariableNotUnique"
    ),
    AirflowBadRequest: "DagFileExists DagRunAlreadyExists",
    AirflowNotFoundException: "DagCodeNotFound DagRunNotFound PoolNotFound TaskInstanceNotFound",
    BaseException: "AirflowInternalRuntimeError TaskAwaitingInput",
    DeprecationWarning: (
        "AirflowProviderDeprecationWarning RemovedInAirflow3Warning RemovedInAirflow4Warning"
    ),
    Exception: "DeserializationError NotMapped",
    PermissionError: "AirflowSecretsBackendAccessDenied",
    TaskNotFound: "NodeNotFound",
    ValueError: (
        "DagNotPartitionedError DeserializingResultError InvalidPartitionKeyError "
        "UnknownExecutorException"
    ),
}


def __getattr__(name: str) -> Any:
    """Another exception of Airflow's; AttributeError, so that an import fails as there."""
    for base, names in _BASES.items():
        if name in names.split():
            made = type(name, (base,), {"__module__": __name__})
            globals()[name] = made
            return made
    raise AttributeError(f"module 'airflow.exceptions' has no attribute {name!r}")
