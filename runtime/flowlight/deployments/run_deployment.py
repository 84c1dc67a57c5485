"""`run_deployment`: starts a run of a deployment by its name.

https://docs.prefect.io/v3/api-ref/python/prefect-deployments-flow_runs. A deployment that this
process made and that is to be waited for runs here; any other is written to the store, where the
process that serves it finds it.
"""

from __future__ import annotations

import functools
import json
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flowlight import world
from flowlight.asynchronous import no_client
from flowlight.context import FlowRunContext
from flowlight.deployments.deployment import RunnerDeployment
from flowlight.deployments.flow_runs import run_flow
from flowlight.deployments.registry import facts, find, known_here, register
from flowlight.deployments.run_queue import insert
from flowlight.deployments.store import FINAL, Store, StoredRun, default_path
from flowlight.errors import FlowRunWaitTimeout, NotSupported, ObjectNotFound
from flowlight.flows import Flow
from flowlight.logs import get_logger
from flowlight.runs import FlowRun
from flowlight.states import State, StateType
from flowlight.utilities.asyncutils import async_dispatch

__all__ = ["arun_deployment", "run_deployment", "wait_for_flow_run"]


def _run_deployment(
    name: str | UUID,
    client: Any = None,
    parameters: dict[str, Any] | None = None,
    scheduled_time: datetime | None = None,
    flow_run_name: str | None = None,
    timeout: float | None = None,
    poll_interval: float | None = 5,
    tags: Iterable[str] | None = None,
    idempotency_key: str | None = None,
    work_queue_name: str | None = None,
    as_subflow: bool | None = True,
    job_variables: dict[str, Any] | None = None,
) -> FlowRun:
    """The run: ended, or as it is after `timeout` seconds (0: not even started).

    Raises `ObjectNotFound` for an unknown deployment, `ValueError` for parameters that do not fit.
    """
    if timeout is not None and timeout < 0:
        raise ValueError("`timeout` cannot be negative")
    for option, value in (("client", client), ("work_queue_name", work_queue_name)):
        if value is not None:
            raise NotSupported(f"run_deployment({option}=...): flowlight has no server or queues")
    if job_variables:
        raise NotSupported("run_deployment(job_variables=...): flowlight has no work pools")
    store = Store(default_path())
    deployment = known_here(str(name)) or find(str(name), store)
    if deployment is None:
        raise ObjectNotFound(
            f"there is no deployment {str(name)!r}; make it with apply() or serve()"
        )
    given = {**deployment.parameters, **(parameters or {})}
    if deployment.enforce_parameter_schema:
        deployment.check_parameters(given, whole=True)
    now = world.current().clock()
    run_tags = sorted({*deployment.tags, *(tags or ())})
    later = scheduled_time is not None and scheduled_time > now
    if timeout is None and deployment._flow is not None and not later and idempotency_key is None:
        return run_flow(
            deployment._flow,
            given,
            name=flow_run_name,
            due=scheduled_time,
            tags=run_tags,
            parent=_parent(as_subflow),
            deployment=facts(store, deployment.full_name),
        )
    if find(deployment.full_name, store) is None:
        register(deployment, store)
    key = f"asked {deployment.full_name} {idempotency_key or uuid4()}"
    with store.changing() as change:
        insert(
            change, deployment, scheduled_time or now, given, key, False, flow_run_name, run_tags
        )
    return _followed(store, deployment, key, timeout, poll_interval or 0)


@functools.wraps(_run_deployment)
async def arun_deployment(*args: Any, **options: Any) -> FlowRun:
    """As `run_deployment`, in a thread of its own, in the context of the caller."""
    import asyncio

    return await asyncio.to_thread(_run_deployment, *args, **options)


run_deployment = async_dispatch(arun_deployment)(_run_deployment)


async def wait_for_flow_run(
    flow_run_id: UUID,
    timeout: float | None = 10800,
    poll_interval: float | None = None,
    client: Any = None,
    log_states: bool = False,
) -> FlowRun:
    """The run of a deployment of this id, ended; `FlowRunWaitTimeout` after `timeout` seconds."""
    import asyncio

    no_client(client)
    store = Store(default_path())
    end = None if timeout is None else time.monotonic() + timeout
    while True:
        found = store.runs("id = ?", str(flow_run_id))
        if not found:
            raise ObjectNotFound(f"there is no run of a deployment with the id {flow_run_id}")
        if log_states:
            get_logger().info("Flow run is in state %r", found[0].state_name)
        if found[0].state in FINAL:
            deployment = find(found[0].deployment, store)
            assert deployment is not None  # its run refers to it
            return _record(found[0], deployment)
        if end is not None and time.monotonic() >= end:
            raise FlowRunWaitTimeout(
                f"Flow run with ID {flow_run_id} exceeded watch timeout of {timeout} seconds"
            )
        await asyncio.sleep(poll_interval or 0.2)


def _parent(as_subflow: bool | None) -> FlowRun | None:
    around = FlowRunContext.get()
    return around.flow_run if around is not None and as_subflow else None


def _followed(
    store: Store, deployment: RunnerDeployment, key: str, timeout: float | None, every: float
) -> FlowRun:
    end = None if timeout is None else time.monotonic() + timeout
    while True:
        run = store.runs("key = ?", key)[0]
        left = None if end is None else end - time.monotonic()
        if run.state in FINAL or (left is not None and left <= 0):
            return _record(run, deployment)
        time.sleep(min(every, 0.5) if left is None else min(every, left, 0.5))


def _record(run: StoredRun, deployment: RunnerDeployment) -> FlowRun:
    state = State(
        StateType(run.state), name=run.state_name, message=run.message, run_id=UUID(run.id)
    )
    made = FlowRun(
        id=UUID(run.id),
        name=run.name,
        expected_start_time=run.due_at,
        parameters=json.loads(run.parameters),
        tags=json.loads(run.tags),
        state=state,
        flow=deployment._flow or Flow(_elsewhere, name=deployment.flow_name),
    )
    made.start_time, made.end_time = _moment(run.started), _moment(run.ended)
    return made


def _elsewhere() -> None:
    """Stands for a flow that another process runs."""


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
