"""A deployment as a value: a flow's place, its parameters and its schedules.

`prefect.deployments.runner.RunnerDeployment`, made by `Flow.to_deployment`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, field_validator, model_validator

from flowlight.deployments.deployment_schedules import (
    DeploymentScheduleCreate,
    check_honoured,
    choose_schedules,
    normalize,
)
from flowlight.deployments.entrypoints import entrypoint_of, load_flow
from flowlight.deployments.parameter_schema import (
    ParameterSchema,
    check_parameters,
    parameter_schema,
)
from flowlight.deployments.parameter_values import check_blocks
from flowlight.dispatch import awaited, dispatched
from flowlight.errors import NotSupported
from flowlight.flows import Flow
from flowlight.names import check_name
from flowlight.options import check_names

__all__ = ["RunnerDeployment"]


class RunnerDeployment(BaseModel):
    """What is to run. Work pools are kept in the value and refused where one would be needed."""

    model_config = ConfigDict(
        arbitrary_types_allowed=True, validate_assignment=True, extra="forbid"
    )

    name: str
    flow_name: str | None = None
    description: str | None = None
    version: str | None = None
    tags: list[str] = Field(default_factory=list)
    schedules: list[DeploymentScheduleCreate] | None = None
    concurrency_limit: int | None = None
    paused: bool | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    entrypoint: str | None = None
    triggers: list[Any] = Field(default_factory=list)
    enforce_parameter_schema: bool = True
    work_pool_name: str | None = None
    work_queue_name: str | None = None
    job_variables: dict[str, Any] = Field(default_factory=dict)

    _path: str | None = PrivateAttr(default=None)
    _flow: Flow | None = PrivateAttr(default=None)
    _parameter_openapi_schema: ParameterSchema = PrivateAttr(default_factory=ParameterSchema)

    @property
    def full_name(self) -> str:
        """`flow-name/deployment-name`."""
        return f"{self.flow_name}/{self.name}"

    @field_validator("name", mode="before")
    @classmethod
    def _stem(cls, value: str) -> str:
        return Path(value).stem if value.endswith(".py") else value

    @field_validator("tags", mode="before")
    @classmethod
    def _tags(cls, value: Any) -> Any:
        """Text that is empty is no tag; a tag that stands alone is a list of it."""
        if isinstance(value, str):
            value = [value]
        return [tag for tag in value if str(tag).strip()]

    @field_validator("parameters", "schedules", mode="before")
    @classmethod
    def _blocks(cls, value: Any) -> Any:
        check_blocks(value)
        return value

    @field_validator("triggers")
    @classmethod
    def _triggers(cls, value: list[Any]) -> list[Any]:
        if value:
            raise NotSupported("flowlight has no triggers; start the flow with run_deployment")
        return value

    @model_validator(mode="before")
    @classmethod
    def _reconcile(cls, values: dict[str, Any]) -> dict[str, Any]:
        flow = values.pop("flow", None)
        if isinstance(flow, Flow):
            values.setdefault("flow_name", flow.name)
        if values.get("paused") is None:
            values["paused"] = False
        if values.get("schedules"):
            values["schedules"] = normalize(values["schedules"])
        return values

    @classmethod
    def from_flow(cls, flow: Flow, name: str, **options: Any) -> RunnerDeployment:
        """The deployment of a flow that a file or module holds; options as of `to_deployment`."""
        entrypoint_type = options.pop("entrypoint_type", None)
        made = cls(**_fields(flow, name, options))
        made.entrypoint = entrypoint_of(flow, entrypoint_type)
        made._path = str(Path.cwd())
        return made._of(flow)

    @classmethod
    def from_entrypoint(cls, entrypoint: str, name: str, **options: Any) -> RunnerDeployment:
        """The deployment of the flow at `file.py:flow` or `module.flow`."""
        flow = load_flow(entrypoint)
        made = cls(**_fields(flow, name, options), entrypoint=entrypoint)
        made._path = str(Path.cwd())
        return made._of(flow)

    @classmethod
    def of_source(
        cls, flow: Flow, name: str, entrypoint: str, folder: str, **options: Any
    ) -> RunnerDeployment:
        """The deployment of a flow that `from_source` loaded out of a folder."""
        made = cls(**_fields(flow, name, options), entrypoint=entrypoint)
        made._path = folder
        return made._of(flow)

    def load(self) -> Flow:
        """The flow, from its file when this process did not make it."""
        return self._flow or load_flow(str(self.entrypoint), Path(self._path or ""))

    def _of(self, flow: Flow) -> RunnerDeployment:
        self._flow = flow
        self._parameter_openapi_schema = parameter_schema(flow.fn)
        self.version = self.version or flow.version
        self.description = self.description or flow.description
        return self

    @dispatched
    def apply(self, schedules: list[dict[str, Any]] | None = None, **others: Any) -> UUID:
        """Keep the deployment in the store, for `run_deployment` and `flowlight deployments`."""
        from flowlight.deployments.registry import register

        if any(value is not None for value in others.values()):
            raise NotSupported(f"apply({', '.join(others)}): there are no work pools or images yet")
        if self.work_pool_name:
            raise NotSupported(
                f"work_pool_name={self.work_pool_name!r}: there are no work pools yet; leave it out"
                " and run the deployment here with serve(), or apply it on Prefect itself"
            )
        if schedules is not None:
            self.schedules = [DeploymentScheduleCreate(**each) for each in schedules]
        self.check()
        return register(self)

    aapply = awaited(apply)

    @classmethod
    @dispatched
    def from_storage(cls, storage: Any, entrypoint: str, name: str, **options: Any) -> Any:
        """The deployment of a flow below a local folder; `NotSupported` for any other storage."""
        from flowlight.deployments.entrypoints import from_source

        return from_source(storage, entrypoint).to_deployment(name, _sync=True, **options)

    @classmethod
    async def afrom_storage(cls, storage: Any, entrypoint: str, name: str, **options: Any) -> Any:
        """As `from_storage`."""
        return cls.from_storage(storage, entrypoint, name, _sync=True, **options)

    def check(self) -> None:
        """`ValueError` for what Prefect refuses when a deployment is registered.

        `NotSupported` for what would be registered and do nothing.
        """
        if self.work_queue_name and not self.work_pool_name:
            raise ValueError(
                "A work queue can only be provided when registering a deployment with a work pool."
            )
        if self.job_variables and not self.work_pool_name:
            raise ValueError(
                "Job variables can only be provided when registering a deployment with a work pool."
            )
        for each in self.schedules or []:
            check_honoured(each)
        if self.enforce_parameter_schema:
            self.check_parameters(self.parameters)
            for each in self.schedules or []:
                self.check_parameters(each.parameters)

    def check_parameters(self, parameters: dict[str, Any], whole: bool = False) -> None:
        """`ValueError` when the values do not fit the flow's parameters; `whole`: or lack one."""
        schema = self._parameter_openapi_schema.model_dump(exclude_unset=True)
        if not whole:
            schema.pop("required", None)
        check_parameters(parameters, schema, self.full_name)


_TIMES = ("interval", "cron", "rrule", "schedule", "schedules")
_OPTIONS = frozenset(
    [
        *_TIMES,
        *("paused", "concurrency_limit", "parameters", "triggers", "description", "tags"),
        *("version", "version_type", "enforce_parameter_schema", "work_pool_name"),
        *("work_queue_name", "job_variables", "flow_name", "_sla"),
    ]
)


def _fields(flow: Flow, name: str, options: dict[str, Any]) -> dict[str, Any]:
    check_names("to_deployment()", options, _OPTIONS)
    if not name.endswith(".py"):
        check_name(name)
    times = {key: options.pop(key, None) for key in _TIMES}
    for key in ("version_type", "_sla"):
        if options.pop(key, None):
            raise NotSupported(f"to_deployment({key}=...): flowlight has nothing that would use it")
    lists = {key: options.pop(key, None) or [] for key in ("tags", "triggers")}
    maps = {key: options.pop(key, None) or {} for key in ("parameters", "job_variables")}
    return {
        **options,
        **lists,
        **maps,
        "name": name,
        "flow_name": options.pop("flow_name", None) or flow.name,
        "schedules": choose_schedules(**times),
    }
